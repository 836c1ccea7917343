package dev.slipway.examples.cli;

import dev.slipway.strategy.Strategy;
import dev.slipway.testkit.StrategyContract;

/** The strategy that docs/rollouts.md shows keeps to what every strategy must. */
class CurrentHostsLastTest extends StrategyContract {

  @Override
  protected Strategy strategy() {
    return new RolloutsInDocs.CurrentHostsLast();
  }
}
