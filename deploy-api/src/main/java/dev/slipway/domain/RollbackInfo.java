package dev.slipway.domain;

import dev.slipway.deployment.DeploymentId;
import org.jspecify.annotations.Nullable;

/**
 * How a deployment and a rollback belong together.
 *
 * @param rollback the deployment that rolls this one back, or null
 * @param triggeredBy the deployment that this one rolls back, or null
 * @param message in words; may be empty
 */
public record RollbackInfo(
    @Nullable DeploymentId rollback, @Nullable DeploymentId triggeredBy, String message) {}
