package dev.slipway.engine.train;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of a car that was started. It says how the car stands when its rollout is not
 * kept any more, since a store keeps only so many that are over.
 *
 * @param status how its rollout stood; final once it is terminal
 * @param rollback its rollback, or null
 * @param noWayBack why it does not go back though it would have to, or null
 */
record CarNote(
    DeploymentStatus status, @Nullable DeploymentId rollback, @Nullable String noWayBack) {

  /** That a car was started is all that is known. */
  static final CarNote STARTED = new CarNote(DeploymentStatus.IN_PROGRESS, null, null);
}
