package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetriesTest {

  private static final ConnectionPolicy POLICY =
      ConnectionPolicy.DEFAULTS.withPauses(Duration.ofMillis(100), Duration.ofSeconds(2));

  @Test
  void each_pause_is_twice_the_one_before_up_to_the_longest() {
    Retries retries = new Retries(POLICY.withJitter(0));

    assertThat(IntStream.of(1, 2, 3, 4, 5, 6, 7, 1000).mapToObj(retries::pauseAfter))
        .extracting(Duration::toMillis)
        .containsExactly(100L, 200L, 400L, 800L, 1600L, 2000L, 2000L, 2000L);
  }

  @Test
  void chance_keeps_within_its_share() {
    Retries retries = new Retries(POLICY.withJitter(0.5));

    assertThat(IntStream.range(0, 1000).mapToObj(again -> retries.pauseAfter(2)))
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofMillis(100), Duration.ofMillis(300)))
        .extracting(Duration::toMillis)
        .satisfies(millis -> assertThat(millis.stream().distinct().count()).isGreaterThan(10));
  }

  @Test
  void starts_are_spread_over_time() {
    Retries retries = new Retries(POLICY.withStartsPerSecond(1));

    assertThat(retries.untilNextStart()).isZero();
    Duration last = Duration.ZERO;
    for (int taken = 1; taken <= 3600; taken++) {
      last = retries.untilNextStart();
    }
    // The clock goes on meanwhile, but not for half an hour.
    assertThat(last).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
  }

  @Test
  void without_a_limit_nobody_waits_for_a_start() {
    Retries retries = new Retries(POLICY);

    assertThat(IntStream.range(0, 1000).mapToObj(again -> retries.untilNextStart()))
        .containsOnly(Duration.ZERO);
  }

  @Test
  void numbers_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> POLICY.withJitter(1))
        .hasMessage("jitter must be 0 to under 1, but was 1.0");
    assertThatThrownBy(() -> POLICY.withStartsPerSecond(-1))
        .hasMessage("startsPerSecond must be 0 to 1000000, but was -1");
    assertThatThrownBy(() -> POLICY.withRest(-1, Duration.ofSeconds(1)))
        .hasMessage("failuresBeforeRest must be at least 0, but was -1");
    assertThatThrownBy(() -> POLICY.withPauses(Duration.ofSeconds(3), Duration.ofSeconds(2)))
        .hasMessage("longestPause must be at least firstPause (PT3S), but was PT2S");
  }
}
