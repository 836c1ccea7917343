package dev.slipway.event;

import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorInformation;
import org.jspecify.annotations.Nullable;

/**
 * The rollout is over. Hosts that were still pending are skipped with it.
 *
 * @param status terminal
 * @param error why it did not succeed, null when it did
 * @param overview where its hosts stand
 */
public record RolloutEnded(
    DeploymentStatus status, @Nullable ErrorInformation error, DeploymentOverview overview)
    implements RolloutEvent {

  /** Refuses a status that is not terminal. */
  public RolloutEnded {
    if (!status.isTerminal()) {
      throw new IllegalArgumentException("a rollout does not end as " + status);
    }
  }

  @Override
  public void accept(EventVisitor visitor) {
    visitor.rolloutEnded(this);
  }
}
