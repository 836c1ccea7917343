package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficOrder;
import dev.slipway.spi.transport.CommandKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one controller reaches the traffic control of a group, as well as that works just now. Not
 * thread-safe.
 */
final class ControllerTraffic implements TrafficControl {

  private final Controller controller;
  private final Witness witness;
  private final Chance chance;
  private final SimulatedTraffic traffic;

  ControllerTraffic(Controller controller, Cluster cluster, SimulatedTraffic traffic) {
    this.controller = controller;
    this.witness = cluster.witness();
    this.chance = cluster.world().chance;
    this.traffic = traffic;
  }

  @Override
  public void remove(List<Host> hosts, TrafficOrder order) {
    change(hosts, LifecycleEvent.BLOCK_TRAFFIC, order);
  }

  @Override
  public void add(List<Host> hosts, TrafficOrder order) {
    change(hosts, LifecycleEvent.ALLOW_TRAFFIC, order);
  }

  private void change(List<Host> hosts, LifecycleEvent event, TrafficOrder order) {
    controller.point("switch");
    String[] parts = order.key().split("/", -1);
    DeploymentId id = new DeploymentId(parts[0]);
    fail(Fault.TRAFFIC_OUTAGE);
    if (chance.strikes(Fault.TRAFFIC_REFUSAL)) {
      throw new RequestException("simulated: refused");
    }
    if (chance.strikes(Fault.TRAFFIC_LOSS)) {
      return;
    }
    for (Host host : hosts) {
      if (!traffic.takes(host, order)) {
        continue;
      }
      witness
          .rollout(id)
          .switching(new CommandKey(id, host.id(), event, Integer.parseInt(parts[2])));
      if (event == LifecycleEvent.BLOCK_TRAFFIC) {
        traffic.remove(host, order);
      } else {
        traffic.add(host, order);
      }
    }
    fail(Fault.TRAFFIC_OUTAGE);
    controller.point("switched");
  }

  @Override
  public Map<HostId, TrafficState> states(List<Host> hosts) {
    controller.point("look at traffic");
    fail(Fault.TRAFFIC_OUTAGE);
    Map<HostId, TrafficState> states = new LinkedHashMap<>(traffic.states(hosts));
    if (chance.strikes(Fault.TRAFFIC_LOSS)) {
      states.remove(chance.oneOf(hosts).id());
    }
    controller.point("looked at traffic");
    return states;
  }

  private void fail(Fault fault) {
    if (chance.strikes(fault)) {
      throw new IllegalStateException("simulated: the traffic control is away");
    }
  }
}
