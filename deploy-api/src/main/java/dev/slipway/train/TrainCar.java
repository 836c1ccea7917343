package dev.slipway.train;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import org.jspecify.annotations.Nullable;

/**
 * One rollout of a train.
 *
 * @param stage its stage, from 1
 * @param application name of its application
 * @param deploymentGroup name of its deployment group
 * @param deployment its id, also before it has started
 * @param status how it stands, or null before it has started
 * @param rollback the deployment that brings the last revision back, or null
 * @param noWayBack why it does not go back though it would have to, or null
 */
public record TrainCar(
    int stage,
    String application,
    String deploymentGroup,
    DeploymentId deployment,
    @Nullable DeploymentStatus status,
    @Nullable DeploymentId rollback,
    @Nullable String noWayBack) {

  /** Returns application and deployment group, such as {@code web/prod}. */
  public String target() {
    return application + "/" + deploymentGroup;
  }
}
