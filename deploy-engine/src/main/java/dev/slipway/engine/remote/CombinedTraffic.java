package dev.slipway.engine.remote;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Several traffic controls as one: a host is out of service when it is out of all of them, and in
 * service when it is in all of them. Thread-safe as far as they are.
 */
final class CombinedTraffic implements TrafficControl {

  private final List<TrafficControl> controls;

  /**
   * The hosts that were told to leave last. Where hosts stand differently with the controls, it
   * says which of these are behind. Each owner of a rollout tells its hosts before it asks.
   */
  private final Set<HostId> leaving = ConcurrentHashMap.newKeySet();

  private CombinedTraffic(List<TrafficControl> controls) {
    this.controls = List.copyOf(controls);
  }

  /** Returns all controls as one, empty if one of them is missing. */
  static Optional<TrafficControl> of(List<Optional<TrafficControl>> controls) {
    if (controls.size() == 1) {
      return controls.get(0);
    }
    List<TrafficControl> found = controls.stream().flatMap(Optional::stream).toList();
    return found.size() < controls.size()
        ? Optional.empty()
        : Optional.of(new CombinedTraffic(found));
  }

  @Override
  public void remove(List<Host> hosts, TrafficOrder order) {
    hosts.forEach(host -> leaving.add(host.id()));
    tellAll((control, hostsToTell) -> control.remove(hostsToTell, order), hosts);
  }

  @Override
  public void add(List<Host> hosts, TrafficOrder order) {
    hosts.forEach(host -> leaving.remove(host.id()));
    tellAll((control, hostsToTell) -> control.add(hostsToTell, order), hosts);
  }

  /** One that is away, or refuses, keeps nobody else from hearing of it. */
  private void tellAll(BiConsumer<TrafficControl, List<Host>> order, List<Host> hosts) {
    RuntimeException first = null;
    for (TrafficControl control : controls) {
      try {
        order.accept(control, hosts);
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  @Override
  public Map<HostId, TrafficState> states(List<Host> hosts) {
    List<Map<HostId, TrafficState>> all = new ArrayList<>();
    for (TrafficControl control : controls) {
      all.add(new HashMap<>(control.states(hosts)));
    }
    Map<HostId, TrafficState> states = new LinkedHashMap<>();
    for (Host host : hosts) {
      TrafficState state = farthest(all, host.id());
      if (state != null) {
        states.put(host.id(), state);
      }
    }
    return states;
  }

  /** Returns the state that is farthest from the one that is wanted; null if one is not known. */
  private @Nullable TrafficState farthest(List<Map<HostId, TrafficState>> all, HostId host) {
    boolean isLeaving = leaving.contains(host);
    TrafficState farthest = null;
    for (Map<HostId, TrafficState> states : all) {
      TrafficState state = states.get(host);
      if (state == null) {
        return null;
      }
      if (farthest == null || distance(state, isLeaving) > distance(farthest, isLeaving)) {
        farthest = state;
      }
    }
    return farthest;
  }

  private static int distance(TrafficState state, boolean isLeaving) {
    int fromOutOfService =
        switch (state) {
          case OUT_OF_SERVICE -> 0;
          case DRAINING -> 1;
          case COMING -> 2;
          case IN_SERVICE -> 3;
        };
    return isLeaving ? fromOutOfService : -fromOutOfService;
  }
}
