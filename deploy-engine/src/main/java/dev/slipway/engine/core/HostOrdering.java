package dev.slipway.engine.core;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostOrder;
import java.util.List;

/** Placeholder. */
public final class HostOrdering {
  private HostOrdering() {}

  /** x. */
  public static List<ScheduledHost> schedule(
      List<Host> hosts, GroupBook book, HostOrder order, DeploymentConfig config, DeploymentId id) {
    return hosts.stream().map(h -> new ScheduledHost(h.id(), h.zone(), 0)).toList();
  }
}
