package dev.slipway.event;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.fleet.HostId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hosts have appeared in the inventory that the rollout, which has succeeded, has not deployed to
 * and that do not run its revision.
 *
 * @param hosts which
 * @param update the deployment that brings it to them, or null when nobody has asked for that
 * @param trouble why it is not known which, or empty
 */
public record HostsJoined(List<HostId> hosts, @Nullable DeploymentId update, String trouble)
    implements RolloutEvent {

  /** Copies the list in. */
  public HostsJoined {
    hosts = List.copyOf(hosts);
  }

  @Override
  public void accept(EventVisitor visitor) {
    visitor.hostsJoined(this);
  }
}
