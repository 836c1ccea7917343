package dev.slipway.spi.store;

import dev.slipway.deployment.DeploymentId;

/**
 * The right to append to a rollout. It ends when somebody else acquires it.
 *
 * @param id the rollout
 * @param epoch rises with each acquisition
 * @param version how many events there are
 */
public record Ownership(DeploymentId id, long epoch, long version) {}
