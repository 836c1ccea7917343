package dev.slipway.engine.core;

import static dev.slipway.engine.core.Rollouts.FAILED;
import static dev.slipway.engine.core.Rollouts.begun;
import static dev.slipway.engine.core.Rollouts.definition;
import static dev.slipway.engine.core.Rollouts.host;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.Batching;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.RolloutPaused;
import dev.slipway.event.RolloutResumed;
import dev.slipway.event.WaveStarted;
import dev.slipway.rollout.Hold;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A rollout that rests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PauseTest {

  @Test
  void a_pause_lets_running_events_end_and_starts_no_other() {
    Rollouts rollout = begun(4, 2).reaches('a', LifecycleEvent.INSTALL);

    pause(rollout).ends('a', Diagnostics.SUCCEEDED).ends('b', Diagnostics.SUCCEEDED);

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.IN_PROGRESS);
    assertThat(rollout.at('a').running()).isNull();
    assertThat(rollout.last().effects()).isEmpty();
    assertThat(rollout.last().wakeAt()).isEqualTo(Rollouts.START.plus(Duration.ofDays(1)));
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
  }

  @Test
  void a_resumed_rollout_goes_on_where_each_host_was() {
    Rollouts rollout = begun(2, 1).reaches('a', LifecycleEvent.INSTALL);
    pause(rollout).ends('a', Diagnostics.SUCCEEDED).after(Duration.ofHours(2));

    resume(rollout);

    assertThat(rollout.last().events()).startsWith(new RolloutResumed("lunch is over"));
    assertThat(rollout.running('a').event()).isEqualTo(LifecycleEvent.AFTER_INSTALL);
    assertThat(rollout.running('a').deadline())
        .isEqualTo(rollout.now().plus(Clocks.DEFAULT.acknowledgement()));
    assertThat(rollout.last().effects()).hasSize(1).first().isInstanceOf(Effect.Offer.class);
    rollout.succeeds("ab");
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void an_event_that_still_runs_when_it_is_resumed_is_not_offered_again() {
    Rollouts rollout = begun(2, 1).reaches('a', LifecycleEvent.INSTALL);

    resume(pause(rollout));

    assertThat(rollout.last().effects()).isEmpty();
    assertThat(rollout.ends('a', Diagnostics.SUCCEEDED).last().effects()).hasSize(1);
  }

  @Test
  void another_attempt_waits_too() {
    RolloutDefinition twice =
        Rollouts.with(
            definition(2, 1), new RolloutDefinition.Lifecycle(LifecycleEvent.IN_PLACE, false, 2));
    Rollouts rollout =
        pause(Rollouts.of(twice).begin().reaches('a', LifecycleEvent.DOWNLOAD_BUNDLE));

    rollout.ends('a', FAILED);

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.IN_PROGRESS);
    resume(rollout);
    assertThat(rollout.running('a').event()).isEqualTo(LifecycleEvent.DOWNLOAD_BUNDLE);
    assertThat(rollout.running('a').attempt()).isEqualTo(2);
  }

  @Test
  void no_wave_starts_during_a_pause() {
    RolloutDefinition window = Rollouts.with(definition(4, 2), Batching.WINDOW);
    Rollouts rollout = Rollouts.of(window).begin().reaches('a', LifecycleEvent.VALIDATE_SERVICE);

    pause(rollout).ends('a', Diagnostics.SUCCEEDED);

    assertThat(rollout.waves()).isEqualTo("ab");
    resume(rollout);
    assertThat(rollout.last().events()).hasAtLeastOneElementOfType(WaveStarted.class);
    assertThat(rollout.waves()).isEqualTo("ab c");
  }

  @Test
  void a_pause_before_the_beginning_starts_nothing() {
    Rollouts rollout = pause(Rollouts.of(definition(2, 1)));

    rollout.begin();

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    assertThat(rollout.waves()).isEmpty();
    assertThat(resume(rollout).waves()).isEqualTo("a");
  }

  @Test
  void a_host_that_does_not_end_its_event_fails_at_its_deadline() {
    Rollouts rollout = pause(begun(2, 1).acknowledges('a'));

    rollout.after(Clocks.DEFAULT.event());

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.FAILED);
  }

  @Test
  void a_rollout_of_which_nothing_runs_may_rest_for_as_long_as_it_likes() {
    Rollouts rollout =
        pause(begun(2, 1).reaches('a', LifecycleEvent.INSTALL)).ends('a', Diagnostics.SUCCEEDED);

    rollout.after(Clocks.DEFAULT.rollout().multipliedBy(5));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    resume(rollout).after(Duration.ofMinutes(1)).succeeds("ab");
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void the_time_of_a_rollout_goes_on_while_a_host_runs_and_after_the_pause() {
    Duration most = Clocks.DEFAULT.rollout();
    Rollouts rollout =
        Rollouts.of(Rollouts.with(definition(2, 1), Rollouts.eventsTaking(most.multipliedBy(2))))
            .begin()
            .acknowledges('a');
    pause(rollout).after(Duration.ofHours(1)).ends('a', Diagnostics.SUCCEEDED);
    rollout.after(Duration.ofDays(3));
    resume(rollout).acknowledges('a').after(most.minusHours(1).minusSeconds(1));

    assertThat(rollout.state().ending().abort()).isNull();
    rollout.after(Duration.ofSeconds(1));
    assertThat(rollout.state().ending().abort())
        .extracting(abort -> abort == null ? null : abort.code())
        .isEqualTo(ErrorCode.TIMEOUT);
  }

  @Test
  void a_stop_ends_a_rollout_that_rests() {
    Rollouts rollout = begun(3, 2).reaches('a', LifecycleEvent.INSTALL);
    pause(rollout).ends('a', Diagnostics.SUCCEEDED);

    stop(rollout);

    assertThat(rollout.at('a').reason()).isEqualTo("the deployment was ended before AfterInstall");
    assertThat(rollout.last().effects()).containsExactly(new Effect.Release(host('a')));
    assertThat(rollout.state().pause()).isNull();
    rollout.ends('b', Diagnostics.SUCCEEDED);
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_host_that_rests_and_leaves_the_inventory_is_unreachable() {
    Rollouts rollout = begun(3, 2).reaches('a', LifecycleEvent.INSTALL);
    pause(rollout).ends('a', Diagnostics.SUCCEEDED);

    rollout.take(new Input.Gone(rollout.now(), host('a')));

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.UNREACHABLE);
  }

  @Test
  void a_pause_of_a_rollout_that_fails_holds_the_hosts_in_flight() {
    Rollouts rollout = begun(4, 2).reaches('a', LifecycleEvent.INSTALL);
    pause(rollout).ends('a', Diagnostics.SUCCEEDED).ends('b', FAILED);

    assertThat(resume(rollout).running('a').event()).isEqualTo(LifecycleEvent.AFTER_INSTALL);
  }

  @Test
  void a_rollout_of_which_nothing_is_left_to_start_ends_during_a_pause() {
    Rollouts rollout = pause(begun(1, 1).reaches('a', LifecycleEvent.VALIDATE_SERVICE));

    rollout.ends('a', Diagnostics.SUCCEEDED);

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(rollout.state().pause()).isNull();
  }

  @Test
  void a_request_that_changes_nothing_is_not_noted() {
    Rollouts rollout = begun(2, 1);

    assertThat(resume(rollout).last().events()).isEmpty();
    assertThat(pause(rollout).last().events()).containsExactly(new RolloutPaused("lunch"));
    assertThat(pause(rollout).last().events()).isEmpty();
    stop(rollout);
    assertThat(pause(rollout).last().events()).isEmpty();
    assertThat(resume(rollout).last().events()).isEmpty();
    rollout.ends('a', Diagnostics.SUCCEEDED);
    assertThat(pause(rollout).last().events()).isEmpty();
  }

  @Test
  void it_is_explained_since_when_and_why_it_rests() {
    Rollouts rollout =
        pause(begun(2, 1).reaches('a', LifecycleEvent.INSTALL)).ends('a', Diagnostics.SUCCEEDED);

    assertThat(Explanation.of(rollout.state(), rollout.now()))
        .singleElement()
        .satisfies(
            hold -> {
              assertThat(hold.kind()).isEqualTo(Hold.Kind.PAUSED);
              assertThat(hold.hosts()).containsExactly(host('a'));
              assertThat(hold.message())
                  .isEqualTo(
                      "paused since 2026-01-01T00:00:00Z: lunch; nothing starts until it is"
                          + " resumed, however long that takes; 1 in flight:"
                          + " a is between events");
            });
  }

  private static Rollouts pause(Rollouts rollout) {
    return rollout.take(new Input.Pause(rollout.now(), "lunch"));
  }

  private static Rollouts resume(Rollouts rollout) {
    return rollout.take(new Input.Resume(rollout.now(), "lunch is over"));
  }

  private static void stop(Rollouts rollout) {
    rollout.take(
        new Input.Stop(
            rollout.now(), ErrorCode.MANUAL_STOP, RollbackWish.AS_CONFIGURED, null, "enough"));
  }
}
