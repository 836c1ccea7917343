package dev.slipway.testkit.fleet;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import dev.slipway.spi.traffic.TrafficOrder;
import dev.slipway.testkit.VirtualTraffic;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The traffic of one group as it really is, in front of every controller. It keeps the last order
 * of each host, and ignores older ones. Not thread-safe.
 */
final class SimulatedTraffic {

  /** Some balancers are slower than an event may be. */
  private static final List<Duration> TAKES =
      List.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(70));

  private final VirtualTraffic truth;
  private final Set<HostId> moved = new HashSet<>();
  private final Map<HostId, TrafficOrder> orders = new HashMap<>();

  SimulatedTraffic(World world) {
    truth = new VirtualTraffic(world.timers, world.chance.oneOf(TAKES));
  }

  void withOut(List<HostId> hosts) {
    TrafficOrder first = new TrafficOrder("", "", 0, 0);
    hosts.forEach(host -> remove(Host.named(host.value()), first));
  }

  /** Whether no later order than this one has come for a host. */
  boolean takes(Host host, TrafficOrder order) {
    return !order.isOlderThan(orders.getOrDefault(host.id(), order));
  }

  void remove(Host host, TrafficOrder order) {
    orders.put(host.id(), order);
    moved.add(host.id());
    truth.remove(List.of(host), order);
  }

  void add(Host host, TrafficOrder order) {
    orders.put(host.id(), order);
    truth.add(List.of(host), order);
  }

  Map<HostId, TrafficState> states(List<Host> hosts) {
    return truth.states(hosts);
  }

  boolean isIn(HostId host) {
    return truth.states(List.of(Host.named(host.value()))).get(host) == TrafficState.IN_SERVICE;
  }

  /** How many hosts have no traffic, or not yet again. */
  int out() {
    return (int) moved.stream().filter(host -> !isIn(host)).count();
  }
}
