package dev.slipway.testkit.fleet;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import dev.slipway.testkit.VirtualTraffic;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The traffic of one group as it really is, in front of every controller. Not thread-safe. */
final class SimulatedTraffic {

  /** Some balancers are slower than an event may be. */
  private static final List<Duration> TAKES =
      List.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(70));

  private final VirtualTraffic truth;
  private final Set<HostId> moved = new HashSet<>();

  SimulatedTraffic(World world) {
    truth = new VirtualTraffic(world.timers, world.chance.oneOf(TAKES));
  }

  void withOut(List<HostId> hosts) {
    remove(hosts.stream().map(host -> Host.named(host.value())).toList());
  }

  void remove(List<Host> hosts) {
    hosts.forEach(host -> moved.add(host.id()));
    truth.remove(hosts, "");
  }

  void add(List<Host> hosts) {
    truth.add(hosts, "");
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
