package dev.slipway.rollout;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorInformation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a rollout ended. A failure is a result, not an exception.
 *
 * @param id which rollout
 * @param status terminal
 * @param error why it did not succeed, or null
 * @param overview how many hosts ended how
 * @param hosts how each host fared, in scheduling order
 * @param rollback the deployment that brings the last good revision back, or null
 */
public record RolloutResult(
    DeploymentId id,
    DeploymentStatus status,
    @Nullable ErrorInformation error,
    DeploymentOverview overview,
    List<HostResult> hosts,
    @Nullable DeploymentId rollback) {

  /** Copies the list in. */
  public RolloutResult {
    hosts = List.copyOf(hosts);
  }
}
