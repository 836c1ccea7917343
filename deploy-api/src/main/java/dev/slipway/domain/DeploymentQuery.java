package dev.slipway.domain;

import dev.slipway.deployment.DeploymentStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments.
 *
 * @param application of this application, or null for all
 * @param deploymentGroup of this group; needs the application, and the application needs it
 * @param statuses in one of these states; empty for all
 * @param createdFrom created then or later, or null
 * @param createdTo created then or earlier, or null
 */
public record DeploymentQuery(
    @Nullable String application,
    @Nullable String deploymentGroup,
    Set<DeploymentStatus> statuses,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo) {

  /** All of them. */
  public static final DeploymentQuery ALL = new DeploymentQuery(null, null, Set.of(), null, null);

  /** Copies the set in. */
  public DeploymentQuery {
    statuses = Set.copyOf(statuses);
  }

  /** Returns a query for the deployments of a group. */
  public static DeploymentQuery of(String application, String deploymentGroup) {
    return new DeploymentQuery(application, deploymentGroup, Set.of(), null, null);
  }
}
