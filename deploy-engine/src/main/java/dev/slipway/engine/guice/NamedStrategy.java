package dev.slipway.engine.guice;

import dev.slipway.strategy.StrategyFactory;

/**
 * A strategy to be registered.
 *
 * @param name as in {@link dev.slipway.strategy.StrategyReference}
 * @param version likewise
 * @param factory makes it of the parameters in the reference
 */
public record NamedStrategy(String name, int version, StrategyFactory factory) {}
