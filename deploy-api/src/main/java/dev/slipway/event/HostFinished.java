package dev.slipway.event;

import dev.slipway.deployment.HostStatus;
import dev.slipway.fleet.HostId;

/**
 * A host is done in this rollout.
 *
 * @param host which
 * @param status terminal
 * @param reason empty when it succeeded
 */
public record HostFinished(HostId host, HostStatus status, String reason) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.hostFinished(this);
  }
}
