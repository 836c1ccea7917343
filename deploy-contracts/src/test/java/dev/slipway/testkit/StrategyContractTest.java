package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.fleet.HostId;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyDecision;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Strategies that break the contract are found out. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StrategyContractTest {

  @Test
  void one_that_counts_its_calls() {
    AtomicInteger calls = new AtomicInteger();
    StrategyContract contract =
        of(fleet -> new StrategyDecision.Hold("call " + calls.incrementAndGet()));

    assertThatThrownBy(contract::it_says_the_same_of_the_same_fleet)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void one_that_names_a_foreign_host() {
    StrategyContract contract =
        of(fleet -> new StrategyDecision.Start(List.of(new HostId("foreign"))));

    assertThatThrownBy(contract::it_starts_hosts_of_the_fleet_that_are_pending_and_none_twice)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void one_that_waits_for_nothing() {
    StrategyContract contract = of(fleet -> new StrategyDecision.Hold("just so"));

    assertThatThrownBy(contract::it_waits_only_for_what_will_come)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void one_that_always_waits_a_little_longer() {
    StrategyContract contract =
        of(fleet -> new StrategyDecision.Hold("soon", fleet.now().plusSeconds(1)));

    assertThatThrownBy(contract::every_fleet_comes_to_an_end).isInstanceOf(AssertionError.class);
  }

  private static StrategyContract of(Strategy strategy) {
    return new StrategyContract() {
      @Override
      protected Strategy strategy() {
        return strategy;
      }
    };
  }
}
