package dev.slipway.rollout;

import dev.slipway.deployment.DeploymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout was created as; it never changes.
 *
 * @param id its id
 * @param application name of the application
 * @param deploymentGroup name of the deployment group
 * @param createdAt when it was created
 * @param rollbackOf the rollout that this one rolls back, or null
 */
public record RolloutSummary(
    DeploymentId id,
    String application,
    String deploymentGroup,
    Instant createdAt,
    @Nullable DeploymentId rollbackOf) {}
