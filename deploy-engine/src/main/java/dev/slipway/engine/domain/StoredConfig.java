package dev.slipway.engine.domain;

import dev.slipway.config.DeploymentConfig;
import java.time.Instant;

/**
 * A custom deployment config as it is kept.
 *
 * @param id a UUID
 * @param config its name and floor
 * @param createdAt when it was created
 */
record StoredConfig(String id, DeploymentConfig config, Instant createdAt) {}
