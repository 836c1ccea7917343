package dev.slipway.domain;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment of a group, in brief.
 *
 * @param id which
 * @param status how it stands
 * @param createdAt when it was created
 * @param endedAt when it ended, or null
 */
public record LastDeployment(
    DeploymentId id, DeploymentStatus status, Instant createdAt, @Nullable Instant endedAt) {}
