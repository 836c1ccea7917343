package dev.slipway.domain;

import dev.slipway.config.DeploymentConfig;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment config as it is kept.
 *
 * @param id a UUID
 * @param config its name and floor
 * @param createdAt when it was created, or null for CodeDeploy's own
 */
public record KeptConfig(String id, DeploymentConfig config, @Nullable Instant createdAt) {}
