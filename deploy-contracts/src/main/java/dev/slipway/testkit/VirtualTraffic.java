package dev.slipway.testkit;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A load balancer that does not exist: hosts drain and become healthy after a time on given timers,
 * and are in service at first. A host that has heard an order ignores older ones. Thread-safe:
 * guarded by its own monitor.
 */
public final class VirtualTraffic implements TrafficControl {

  private final Timers timers;
  private final Duration takes;
  private final Map<HostId, Place> places = new LinkedHashMap<>();
  private final Map<HostId, TrafficOrder> orders = new HashMap<>();
  private long changes;

  /** Where a host stands, since which change. */
  private record Place(TrafficState state, long change) {}

  /**
   * Makes one.
   *
   * @param timers the clock
   * @param takes how long a host drains, and how long it takes to become healthy
   */
  public VirtualTraffic(Timers timers, Duration takes) {
    this.timers = timers;
    this.takes = takes;
  }

  @Override
  public synchronized void remove(List<Host> hosts, TrafficOrder order) {
    for (Host host : inOrder(hosts, order)) {
      TrafficState state = state(host.id());
      if (state == TrafficState.IN_SERVICE || state == TrafficState.COMING) {
        begin(host.id(), TrafficState.DRAINING, TrafficState.OUT_OF_SERVICE);
      }
    }
  }

  @Override
  public synchronized void add(List<Host> hosts, TrafficOrder order) {
    for (Host host : inOrder(hosts, order)) {
      TrafficState state = state(host.id());
      if (state == TrafficState.OUT_OF_SERVICE || state == TrafficState.DRAINING) {
        begin(host.id(), TrafficState.COMING, TrafficState.IN_SERVICE);
      }
    }
  }

  @Override
  public synchronized Map<HostId, TrafficState> states(List<Host> hosts) {
    Map<HostId, TrafficState> asked = new LinkedHashMap<>();
    hosts.forEach(host -> asked.put(host.id(), state(host.id())));
    return asked;
  }

  /** Returns the hosts without those that have heard a later order, and keeps this one. */
  private List<Host> inOrder(List<Host> hosts, TrafficOrder order) {
    List<Host> told =
        hosts.stream()
            .filter(host -> !order.isOlderThan(orders.getOrDefault(host.id(), order)))
            .toList();
    told.forEach(host -> orders.put(host.id(), order));
    return told;
  }

  private TrafficState state(HostId host) {
    Place place = places.get(host);
    return place == null ? TrafficState.IN_SERVICE : place.state;
  }

  private void begin(HostId host, TrafficState meanwhile, TrafficState then) {
    long change = ++changes;
    places.put(host, new Place(meanwhile, change));
    timers.at(timers.instant().plus(takes), () -> end(host, new Place(meanwhile, change), then));
  }

  private synchronized void end(HostId host, Place expected, TrafficState then) {
    places.replace(host, expected, new Place(then, expected.change));
  }
}
