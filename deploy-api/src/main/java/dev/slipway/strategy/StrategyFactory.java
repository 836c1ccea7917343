package dev.slipway.strategy;

import dev.slipway.failure.RequestException;

/** Makes a strategy of the parameters in its reference. */
@FunctionalInterface
public interface StrategyFactory {

  /**
   * Returns the strategy.
   *
   * @throws RequestException if the parameters make no sense
   */
  Strategy create(String parameters);
}
