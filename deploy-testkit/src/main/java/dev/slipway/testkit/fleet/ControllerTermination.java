package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.spi.termination.HostTerminator;
import java.util.List;

/** How one controller reaches who ends hosts, as well as that works just now. Not thread-safe. */
final class ControllerTermination implements HostTerminator {

  private final Controller controller;
  private final Witness witness;
  private final Chance chance;

  ControllerTermination(Controller controller, Cluster cluster) {
    this.controller = controller;
    this.witness = cluster.witness();
    this.chance = cluster.world().chance;
  }

  @Override
  public void terminate(List<Host> hosts, String key) {
    controller.point("terminate");
    fail();
    if (chance.strikes(Fault.TRAFFIC_REFUSAL)) {
      throw new RequestException("simulated: refused");
    }
    witness
        .rollout(new DeploymentId(key.substring(0, key.indexOf('/'))))
        .terminating(hosts.stream().map(Host::id).toList());
    fail();
    controller.point("terminated");
  }

  private void fail() {
    if (chance.strikes(Fault.TRAFFIC_OUTAGE)) {
      throw new IllegalStateException("simulated: who ends hosts is away");
    }
  }
}
