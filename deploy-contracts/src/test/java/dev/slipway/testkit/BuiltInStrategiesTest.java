package dev.slipway.testkit;

import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.WaveSize;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;

/** The contract of strategies, for those that come with Slipway. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BuiltInStrategiesTest {

  @Nested
  class As_many_as_may extends StrategyContract {
    @Override
    protected Strategy strategy() {
      return Strategies.asManyAsMay();
    }
  }

  @Nested
  class One_then_the_rest extends StrategyContract {
    @Override
    protected Strategy strategy() {
      return Strategies.waves(WaveSize.count(1), WaveSize.rest());
    }
  }

  @Nested
  class Waves_of_percents extends StrategyContract {
    @Override
    protected Strategy strategy() {
      return Strategies.waves(WaveSize.count(1), WaveSize.percent(5), WaveSize.percent(25));
    }
  }

  @Nested
  class Adaptive extends StrategyContract {
    @Override
    protected Strategy strategy() {
      return Strategies.adaptive(1, 8);
    }
  }
}
