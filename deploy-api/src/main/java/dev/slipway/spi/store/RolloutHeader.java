package dev.slipway.spi.store;

import dev.slipway.deployment.DeploymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout is made of before anything has happened; it never changes, but for the
 * specification of one that waits, when its turn has come.
 *
 * @param id its id
 * @param application name of the application
 * @param deploymentGroup name of the deployment group
 * @param clientToken makes creation idempotent within the group
 * @param rollbackOf the rollout that this one rolls back, or null
 * @param createdAt when
 * @param specification a JSON document that the engine reads and writes
 */
public record RolloutHeader(
    DeploymentId id,
    String application,
    String deploymentGroup,
    String clientToken,
    @Nullable DeploymentId rollbackOf,
    Instant createdAt,
    String specification) {}
