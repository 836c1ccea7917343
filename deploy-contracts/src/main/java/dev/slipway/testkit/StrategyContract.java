package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.HostId;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyDecision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Strategy} keeps to. A test of a strategy extends this class and says which; it
 * is asked about random fleets whose hosts end in random order, some of them badly.
 *
 * <p>An engine is safe with any strategy; one that breaks this contract ends rollouts as Failed, or
 * decides differently each time it is asked.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
public abstract class StrategyContract {

  private static final int FLEETS = 300;

  /** Makes one. */
  protected StrategyContract() {}

  /** Returns the strategy. */
  protected abstract Strategy strategy();

  @Test
  void it_says_the_same_of_the_same_fleet() {
    List<ModelFleet> views = new ArrayList<>();
    List<StrategyDecision> answers = new ArrayList<>();
    for (int seed = 0; seed < FLEETS; seed++) {
      ModelFleet fleet = ModelFleet.random(new SplittableRandom(seed));
      views.add(fleet);
      answers.add(strategy().decide(fleet));
    }

    for (int i = views.size() - 1; i >= 0; i--) {
      assertThat(strategy().decide(views.get(i))).as("seed %d", i).isEqualTo(answers.get(i));
    }
  }

  @Test
  void it_starts_hosts_of_the_fleet_that_are_pending_and_none_twice() {
    follow(
        (fleet, decision) -> {
          if (decision instanceof StrategyDecision.Start start) {
            List<HostId> hosts = start.hosts();
            assertThat(hosts).isNotEmpty();
            assertThat(new HashSet<>(hosts)).hasSameSizeAs(hosts);
            assertThat(fleet.nextPending(Integer.MAX_VALUE)).containsAll(hosts);
          }
        });
  }

  @Test
  void it_waits_only_for_what_will_come() {
    follow(
        (fleet, decision) -> {
          if (decision instanceof StrategyDecision.Hold hold) {
            boolean comes =
                fleet.inFlight() > 0 || (hold.until() != null && hold.until().isAfter(fleet.now()));
            assertThat(comes).as("%s with nothing in flight", hold).isTrue();
          }
        });
  }

  @Test
  void every_fleet_comes_to_an_end() {
    for (int seed = 0; seed < FLEETS; seed++) {
      ModelFleet fleet = ModelFleet.fresh(new SplittableRandom(seed));
      int asked = 0;
      int most = 20 * fleet.size() + 200;
      while (fleet.mayStart() && asked < most) {
        StrategyDecision decision = strategy().decide(fleet);
        asked++;
        if (decision instanceof StrategyDecision.Finish) {
          break;
        }
        fleet.goOn(decision);
      }
      assertThat(asked).as("asked about %d hosts, seed %d", fleet.size(), seed).isLessThan(most);
    }
  }

  /** Looks at one answer. */
  private interface Look {
    void at(ModelFleet fleet, StrategyDecision decision);
  }

  private void follow(Look look) {
    for (int seed = 0; seed < FLEETS; seed++) {
      ModelFleet fleet = ModelFleet.fresh(new SplittableRandom(seed));
      for (int asked = 0; asked < 10 * fleet.size() && fleet.mayStart(); asked++) {
        StrategyDecision decision = strategy().decide(fleet);
        look.at(fleet, decision);
        if (decision instanceof StrategyDecision.Finish) {
          break;
        }
        fleet.goOn(decision);
      }
    }
  }
}
