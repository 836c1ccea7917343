package dev.slipway.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.RollbackWish;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.DeploymentWindows;
import dev.slipway.guard.DeploymentWindows.Running;
import dev.slipway.guard.Freeze;
import dev.slipway.guard.Guards;
import dev.slipway.rollout.Hold;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The time of a rollout stands still while it waits and nothing runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StandingTimeTest {

  private static final Checkpoint AFTER_ONE = Checkpoint.after(WaveSize.count(1));
  private static final Instant GIVEN_UP_AT = Rollouts.START.plus(Clocks.DEFAULT.rollout());

  /** Four hosts a, b, c, d of which three may be off. */
  private static Rollouts begun(Guards guards) {
    return Rollouts.of(Rollouts.definition(4, 3).with(guards)).begin();
  }

  private static DeploymentWindows freeze(Duration from, Duration to, Running running) {
    return new DeploymentWindows(
        ZoneOffset.UTC,
        List.of(),
        List.of(new Freeze(Rollouts.START.plus(from), Rollouts.START.plus(to), "holidays")),
        running);
  }

  private static Rollouts to(Rollouts rollout, Duration since) {
    return rollout.after(Duration.between(rollout.now(), Rollouts.START.plus(since)));
  }

  @Test
  void a_freeze_may_be_longer_than_a_rollout() {
    Rollouts rollout =
        begun(Guards.NONE.with(freeze(Duration.ZERO, Duration.ofDays(14), Running.FINISH_WAVE)));

    to(rollout, Duration.ofDays(14)).succeeds("abcd");

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void hosts_between_two_events_may_wait_longer_than_a_rollout_may_take() {
    Rollouts rollout =
        begun(Guards.NONE.with(freeze(Duration.ofMinutes(1), Duration.ofDays(14), Running.DRAIN)));
    to(rollout, Duration.ofMinutes(1));
    for (char host : "abc".toCharArray()) {
      rollout.ends(host, Diagnostics.SUCCEEDED);
    }

    to(rollout, Duration.ofDays(14)).succeeds("abcd");

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_pause_at_a_checkpoint_may_be_longer_than_a_rollout() {
    Rollouts rollout =
        begun(Guards.NONE.with(AFTER_ONE.paused())).succeeds("a").after(Duration.ofDays(14));

    rollout.take(new Input.Resume(rollout.now(), "")).succeeds("bcd");

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void waits_that_overlap_count_once() {
    Rollouts rollout =
        begun(
                Guards.NONE
                    .with(AFTER_ONE.bake(Duration.ofHours(3)))
                    .with(freeze(Duration.ofHours(1), Duration.ofHours(5), Running.DRAIN)))
            .succeeds("a");

    to(rollout, Duration.ofHours(1));
    to(rollout, Duration.ofHours(2)).take(new Input.Pause(rollout.now(), "lunch"));
    to(rollout, Duration.ofHours(3));
    to(rollout, Duration.ofHours(5));
    to(rollout, Duration.ofHours(6)).take(new Input.Resume(rollout.now(), ""));

    assertThat(rollout.state().counts().inFlight()).isEqualTo(3);
    assertThat(rollout.state().course().deadline())
        .isEqualTo(GIVEN_UP_AT.plus(Duration.ofHours(6)));
  }

  @Test
  void time_goes_on_while_the_last_wave_before_a_freeze_runs() {
    Rollouts rollout =
        begun(
            Guards.NONE.with(
                freeze(Duration.ofHours(1), Duration.ofHours(5), Running.FINISH_WAVE)));
    rollout.acknowledges('a').acknowledges('b').acknowledges('c');

    to(rollout, Duration.ofHours(1));
    assertThat(rollout.state().isTimeStopped()).isFalse();
    assertThat(rollout.state().course().deadline()).isEqualTo(GIVEN_UP_AT);
  }

  @Test
  void a_rollout_without_guards_takes_twelve_hours_at_most() {
    Rollouts rollout = Rollouts.begun(200, 1);

    while (!rollout.state().status().isTerminal()) {
      char next = rollout.waves().charAt(rollout.waves().length() - 1);
      rollout.after(Duration.ofMinutes(4)).ends(next, Diagnostics.SUCCEEDED);
    }

    assertThat(Objects.requireNonNull(rollout.state().ended()).error())
        .extracting(error -> error == null ? null : error.code())
        .isEqualTo(ErrorCode.TIMEOUT);
    assertThat(rollout.now()).isBefore(GIVEN_UP_AT.plus(Duration.ofMinutes(5)));
  }

  @Test
  void hosts_in_flight_of_a_rollout_that_fails_go_on_when_the_window_opens() {
    RolloutDefinition definition =
        Rollouts.with(Rollouts.definition(6, 4), RolloutLimits.NONE.withMaxFailures(0))
            .with(
                Guards.NONE.with(freeze(Duration.ofMinutes(1), Duration.ofDays(2), Running.DRAIN)));
    Rollouts rollout = Rollouts.of(definition).begin();
    to(rollout, Duration.ofMinutes(1))
        .ends('a', Diagnostics.SUCCEEDED)
        .ends('b', Diagnostics.SUCCEEDED)
        .ends('c', Diagnostics.SUCCEEDED)
        .ends('d', Rollouts.FAILED);
    assertThat(rollout.state().ending().isDraining()).isTrue();
    assertThat(rollout.at('a').running()).isNull();
    assertThat(rollout.last().wakeAt()).isBefore(Rollouts.START.plus(Duration.ofDays(2)));
    assertThat(Explanation.of(rollout.state(), rollout.now()))
        .extracting(Hold::kind)
        .containsExactly(Hold.Kind.STOPPING, Hold.Kind.WINDOW);

    to(rollout, Duration.ofDays(2)).succeeds("abc");

    assertThat(Objects.requireNonNull(rollout.state().ended()).error())
        .extracting(error -> error == null ? null : error.code())
        .isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.SUCCEEDED);
  }

  @Test
  void a_window_closes_before_what_comes_in_with_that() {
    Rollouts rollout =
        begun(
            Guards.NONE.with(freeze(Duration.ofMinutes(1), Duration.ofMinutes(9), Running.DRAIN)));
    Instant closes = Rollouts.START.plus(Duration.ofMinutes(1));

    rollout.take(
        new Input.Finished(
            closes.minusSeconds(1),
            Rollouts.host('a'),
            LifecycleEvent.APPLICATION_STOP,
            1,
            Diagnostics.SUCCEEDED),
        new Input.Tick(closes));

    assertThat(rollout.at('a').running()).isNull();
    assertThat(rollout.at('a').lastRun()).isNotNull();
  }

  @Test
  void a_stop_that_comes_in_as_a_window_opens_comes_first() {
    Rollouts rollout =
        begun(
            Guards.NONE.with(freeze(Duration.ofMinutes(1), Duration.ofMinutes(9), Running.DRAIN)));
    to(rollout, Duration.ofMinutes(1)).ends('a', Diagnostics.SUCCEEDED);
    Instant opens = Rollouts.START.plus(Duration.ofMinutes(9));

    rollout.take(
        new Input.Stop(opens, ErrorCode.MANUAL_STOP, RollbackWish.AS_CONFIGURED, null, "enough"),
        new Input.Tick(opens));

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.FAILED);
    assertThat(rollout.last().effects())
        .noneMatch(
            effect -> effect instanceof Effect.Offer offer && offer.host().value().equals("a"));
  }

  @Test
  void a_pause_hides_no_guard() {
    Rollouts rollout =
        begun(
                Guards.NONE
                    .with(AFTER_ONE.bake(Duration.ofHours(1)))
                    .with(freeze(Duration.ofMinutes(1), Duration.ofDays(2), Running.FINISH_WAVE)))
            .succeeds("a");
    to(rollout, Duration.ofMinutes(1)).take(new Input.Pause(rollout.now(), "lunch"));

    List<Hold> holds = Explanation.of(rollout.state(), rollout.now());

    assertThat(holds)
        .extracting(Hold::kind)
        .containsExactly(Hold.Kind.PAUSED, Hold.Kind.BAKE, Hold.Kind.WINDOW);
    assertThat(holds.get(0).message()).contains("however long that takes");
  }
}
