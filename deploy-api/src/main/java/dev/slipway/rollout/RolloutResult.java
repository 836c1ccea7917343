package dev.slipway.rollout;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.fleet.HostId;
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
 * @param joined hosts that have appeared in the inventory while it ran and do not run its revision,
 *     as far as it was to look for them
 * @param update the deployment that brings the revision to these, or null
 */
public record RolloutResult(
    DeploymentId id,
    DeploymentStatus status,
    @Nullable ErrorInformation error,
    DeploymentOverview overview,
    List<HostResult> hosts,
    @Nullable DeploymentId rollback,
    List<HostId> joined,
    @Nullable DeploymentId update) {

  /** Copies the lists in. */
  public RolloutResult {
    hosts = List.copyOf(hosts);
    joined = List.copyOf(joined);
  }

  /** Makes one of a rollout during which no host has appeared. */
  public RolloutResult(
      DeploymentId id,
      DeploymentStatus status,
      @Nullable ErrorInformation error,
      DeploymentOverview overview,
      List<HostResult> hosts,
      @Nullable DeploymentId rollback) {
    this(id, status, error, overview, hosts, rollback, List.of(), null);
  }
}
