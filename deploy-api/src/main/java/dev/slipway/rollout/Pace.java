package dev.slipway.rollout;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.RolloutLimits;
import dev.slipway.strategy.StrategyReference;

/**
 * How fast a rollout goes, and how much may break. The floor of the config holds whatever the rest
 * says.
 *
 * @param config the floor
 * @param batching whether a wave ends before the next begins
 * @param strategy who starts when, within the floor
 * @param limits further bounds
 */
public record Pace(
    DeploymentConfig config, Batching batching, StrategyReference strategy, RolloutLimits limits) {}
