package dev.slipway.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Random fleets with every fault there is, on the engine as it is shipped. {@code -Dslipway.seed=}
 * repeats one run, {@code -Dslipway.rounds=} asks for more of them.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrashSchedulesTest {

  private static final int FIXED = Integer.getInteger("slipway.rounds", 10_000);
  private static final int FRESH = FIXED / 2;
  private static final @Nullable Long ONLY = Long.getLong(FleetSim.SEED_PROPERTY);

  @Test
  void no_promise_is_broken_in_the_same_runs_as_always() {
    if (ONLY == null) {
      run("fixed", LongStream.range(0, FIXED));
    } else {
      reproducible(ONLY);
    }
  }

  @Test
  void no_promise_is_broken_in_runs_that_nobody_has_seen() {
    long first = new SecureRandom().nextLong() >>> 16;
    if (ONLY == null) {
      run("fresh", LongStream.range(first, first + FRESH));
    }
  }

  @Test
  void the_same_seed_gives_the_same_run() {
    for (long seed = 0; seed < 50; seed++) {
      FleetReport one = RandomFleet.of(seed).run();
      FleetReport other = RandomFleet.of(seed).run();

      assertThat(other.results()).isEqualTo(one.results());
      assertThat(other.tally()).isEqualTo(one.tally());
      assertThat(other.time()).isEqualTo(one.time());
      one.results()
          .forEach(
              result -> assertThat(other.events(result.id())).isEqualTo(one.events(result.id())));
    }
  }

  private static void run(String kind, LongStream seeds) {
    LongAdder runs = new LongAdder();
    LongAdder steps = new LongAdder();
    LongAdder starts = new LongAdder();
    LongAdder crashes = new LongAdder();
    seeds
        .parallel()
        .forEach(
            seed -> {
              FleetReport.Tally tally = reproducible(seed);
              runs.increment();
              steps.add(tally.steps());
              starts.add(tally.starts());
              crashes.add(tally.crashes());
            });
    System.out.printf(
        "%s seeds: %d runs, %d steps, %d events started on hosts, %d controllers died%n",
        kind, runs.sum(), steps.sum(), starts.sum(), crashes.sum());
    assertThat(crashes.sum()).isPositive();
  }

  private static FleetReport.Tally reproducible(long seed) {
    try {
      return RandomFleet.of(seed).run().tally();
    } catch (FleetViolation violation) {
      throw new AssertionError(
          "mvn -pl deploy-testkit -am test -Dtest=CrashSchedulesTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dslipway.seed="
              + seed
              + System.lineSeparator()
              + violation.getMessage(),
          violation);
    }
  }
}
