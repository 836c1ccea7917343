package dev.slipway.engine.core;

import static dev.slipway.engine.core.Rollouts.FAILED;
import static dev.slipway.engine.core.Rollouts.OLD;
import static dev.slipway.engine.core.Rollouts.ROLLBACK_ID;
import static dev.slipway.engine.core.Rollouts.begun;
import static dev.slipway.engine.core.Rollouts.definition;
import static dev.slipway.engine.core.Rollouts.host;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.StopForced;
import dev.slipway.event.StopRequested;
import dev.slipway.spi.transport.CancelMode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stopping a rollout, and what follows when one does not succeed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StopTest {

  @Test
  void a_stop_lets_running_events_end_and_starts_no_other() {
    Rollouts rollout = begun(5, 2).reaches('a', LifecycleEvent.INSTALL);

    rollout.take(stop(rollout, null));

    assertThat(rollout.last().effects()).isEmpty();
    rollout.ends('a', Diagnostics.SUCCEEDED);
    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.FAILED);
    assertThat(rollout.at('a').reason()).isEqualTo("the deployment was ended before AfterInstall");
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    rollout.ends('b', FAILED);
    assertThat(rollout.state().ended())
        .extracting(RolloutEnded::status, RolloutEnded::error)
        .containsExactly(
            DeploymentStatus.STOPPED,
            new ErrorInformation(ErrorCode.MANUAL_STOP, "stopped on request: enough"));
    assertThat(rollout.state().overview().skipped()).isEqualTo(3);
    assertThat(rollout.state().statusOf(4)).isEqualTo(HostStatus.SKIPPED);
  }

  @Test
  void a_host_that_was_in_its_last_event_succeeds() {
    Rollouts rollout = begun(2, 1).reaches('a', LifecycleEvent.VALIDATE_SERVICE);

    rollout.take(stop(rollout, null)).ends('a', Diagnostics.SUCCEEDED);

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.SUCCEEDED);
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_stop_before_the_beginning_touches_nothing() {
    Rollouts rollout = Rollouts.of(definition(3, 1));

    rollout.take(stop(rollout, null)).begin();

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(rollout.waves()).isEmpty();
  }

  @Test
  void a_stop_ends_the_watching_of_a_zone() {
    Rollouts rollout = Rollouts.of(Rollouts.zonal(1, Duration.ofMinutes(10))).begin().succeeds("a");

    rollout.take(stop(rollout, null));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_stop_with_a_grace_ends_scripts_and_then_gives_hosts_up() {
    Rollouts rollout = begun(2, 1).acknowledges('a');

    rollout.take(stop(rollout, Duration.ofSeconds(30))).after(Duration.ofSeconds(30));

    assertThat(rollout.last().events())
        .containsExactly(new StopForced(rollout.now().plusSeconds(10)));
    assertThat(rollout.last().effects())
        .containsExactly(
            new Effect.Cancel(host('a'), LifecycleEvent.APPLICATION_STOP, 1, CancelMode.TERMINATE));
    assertThat(RolloutCore.pendingEffects(rollout.state())).containsAll(rollout.last().effects());
    rollout.after(Duration.ofSeconds(10));
    assertThat(rollout.at('a').reason()).contains("abandoned");
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_script_that_ends_by_force_ends_the_rollout_at_once() {
    Rollouts rollout = begun(2, 1).acknowledges('a');

    rollout
        .take(stop(rollout, Duration.ofSeconds(30)))
        .after(Duration.ofSeconds(30))
        .ends('a', FAILED);

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_second_stop_may_only_add_a_grace() {
    Rollouts rollout = begun(2, 1).acknowledges('a');
    rollout.take(stop(rollout, null));

    assertThat(rollout.take(stop(rollout, null)).last().events()).isEmpty();
    assertThat(rollout.take(stop(rollout, Duration.ofSeconds(5))).last().events()).hasSize(1);
    assertThat(rollout.take(stop(rollout, Duration.ofSeconds(9))).last().events()).isEmpty();
    assertThat(rollout.last().wakeAt()).isEqualTo(rollout.now().plusSeconds(5));
  }

  @Test
  void a_second_stop_that_is_sooner_counts() {
    Rollouts rollout = begun(2, 1).acknowledges('a');
    rollout.take(stop(rollout, Duration.ofMinutes(50)));

    rollout.take(stop(rollout, Duration.ofSeconds(5)));
    assertThat(rollout.last().wakeAt()).isEqualTo(rollout.now().plusSeconds(5));
    rollout.take(stop(rollout, Duration.ZERO));
    assertThat(rollout.last().events()).contains(new StopForced(rollout.now().plusSeconds(10)));
    rollout.after(Duration.ofSeconds(10));
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_later_stop_leaves_what_the_first_has_said_and_may_forbid_the_rollback() {
    Rollouts rollout = begun(2, 1).acknowledges('a');
    rollout.take(asked(rollout, ErrorCode.ALARM_ACTIVE, RollbackWish.ALWAYS, null, "errors"));

    rollout.take(asked(rollout, ErrorCode.MANUAL_STOP, RollbackWish.NEVER, null, "superseded"));
    rollout.take(
        asked(
            rollout,
            ErrorCode.MANUAL_STOP,
            RollbackWish.AS_CONFIGURED,
            Duration.ofSeconds(5),
            "hurry"));

    assertThat(rollout.state().ending().stop())
        .isEqualTo(
            new StopRequested(
                ErrorCode.ALARM_ACTIVE,
                RollbackWish.NEVER,
                rollout.now().plusSeconds(5),
                "superseded"));
  }

  private static Input.Stop asked(
      Rollouts rollout,
      ErrorCode cause,
      RollbackWish wish,
      @Nullable Duration grace,
      String reason) {
    return new Input.Stop(rollout.now(), cause, wish, grace, reason);
  }

  @Test
  void a_stop_after_the_end_changes_nothing() {
    Rollouts rollout = begun(1, 1).succeeds("a");

    assertThat(rollout.take(stop(rollout, null)).last().events()).isEmpty();
  }

  @ParameterizedTest(name = "{0} rolls back after a failure {1}, a stop {2}, an alarm {3}")
  @CsvSource({
    "DEPLOYMENT_FAILURE, true, false, false",
    "DEPLOYMENT_STOP_ON_REQUEST, false, true, false",
    "DEPLOYMENT_STOP_ON_ALARM, false, false, true",
  })
  void what_is_rolled_back_is_configured(
      AutoRollbackEvent event, boolean failure, boolean request, boolean alarm) {
    RolloutDefinition definition = rollingBack(Set.of(event));

    assertThat(planned(Rollouts.of(definition).begin().fails("a"))).isEqualTo(failure);
    assertThat(planned(stopped(definition, ErrorCode.MANUAL_STOP, RollbackWish.AS_CONFIGURED)))
        .isEqualTo(request);
    assertThat(planned(stopped(definition, ErrorCode.ALARM_ACTIVE, RollbackWish.AS_CONFIGURED)))
        .isEqualTo(alarm);
    assertThat(planned(Rollouts.of(definition).begin().succeeds("ab"))).isFalse();
  }

  @Test
  void whoever_stops_it_may_say_otherwise() {
    RolloutDefinition all = rollingBack(EnumSet.allOf(AutoRollbackEvent.class));
    RolloutDefinition none = rollingBack(Set.of());

    assertThat(planned(stopped(all, ErrorCode.MANUAL_STOP, RollbackWish.NEVER))).isFalse();
    assertThat(planned(stopped(none, ErrorCode.MANUAL_STOP, RollbackWish.ALWAYS))).isTrue();
  }

  @Test
  void a_rollback_is_planned_before_the_end_and_started_after_it() {
    Rollouts rollout =
        Rollouts.of(rollingBack(Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE))).begin().fails("a");

    assertThat(rollout.last().events())
        .contains(new RollbackPlanned(ROLLBACK_ID, OLD))
        .last()
        .isInstanceOf(RolloutEnded.class);
    assertThat(rollout.last().effects()).endsWith(new Effect.StartRollback(ROLLBACK_ID, OLD));
    assertThat(RolloutCore.pendingEffects(rollout.state()))
        .containsExactly(new Effect.Release(host('a')), new Effect.StartRollback(ROLLBACK_ID, OLD));
  }

  @Test
  void what_was_ended_at_its_deadline_is_ended_again_after_a_restart() {
    Rollouts rollout = begun(3, 2).acknowledges('a');

    rollout.after(Clocks.DEFAULT.acknowledgement());
    List<Effect> late = rollout.last().effects();
    rollout.after(Clocks.DEFAULT.event());
    List<Effect> later = rollout.last().effects();

    assertThat(late)
        .containsExactly(
            new Effect.Cancel(
                host('b'), LifecycleEvent.APPLICATION_STOP, 1, CancelMode.NOT_STARTED),
            new Effect.Release(host('b')));
    assertThat(later)
        .containsExactly(
            new Effect.Cancel(host('a'), LifecycleEvent.APPLICATION_STOP, 1, CancelMode.TERMINATE),
            new Effect.Release(host('a')));
    assertThat(RolloutCore.pendingEffects(rollout.state())).containsAll(late).containsAll(later);
  }

  @Test
  void a_host_that_was_abandoned_is_ended_again_after_a_restart() {
    Rollouts rollout = begun(2, 1).acknowledges('a');

    rollout.take(stop(rollout, Duration.ZERO)).after(Clocks.DEFAULT.forcedEnd());

    assertThat(RolloutCore.pendingEffects(rollout.state()))
        .containsExactly(
            new Effect.Cancel(host('a'), LifecycleEvent.APPLICATION_STOP, 1, CancelMode.TERMINATE),
            new Effect.Release(host('a')));
  }

  @Test
  void a_host_that_reported_its_failure_is_only_released_again() {
    Rollouts rollout = begun(3, 2).fails("a");

    assertThat(RolloutCore.pendingEffects(rollout.state()))
        .contains(new Effect.Release(host('a')))
        .noneMatch(Effect.Cancel.class::isInstance);
  }

  @Test
  void a_rollout_that_was_refused_is_rolled_back_like_any_that_failed() {
    RolloutDefinition noHosts =
        Rollouts.with(
            definition(0, 0),
            new RollbackPolicy(Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE), ROLLBACK_ID, OLD));

    Rollouts rollout = Rollouts.of(noHosts).begin();

    assertThat(rollout.state().ended())
        .extracting(ended -> ended.error() == null ? null : ended.error().code())
        .isEqualTo(ErrorCode.NO_INSTANCES);
    assertThat(planned(rollout)).isTrue();
  }

  @Test
  void a_rollback_is_not_rolled_back() {
    RolloutDefinition rollback =
        Rollouts.with(rollingBack(EnumSet.allOf(AutoRollbackEvent.class)), Creator.ROLLBACK);

    assertThat(planned(Rollouts.of(rollback).begin().fails("a"))).isFalse();
  }

  @Test
  void without_a_revision_that_worked_there_is_nothing_to_go_back_to() {
    RolloutDefinition first =
        Rollouts.with(
            definition(2, 1),
            new RollbackPolicy(Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE), ROLLBACK_ID, null));

    Rollouts rollout = Rollouts.of(first).begin().fails("a");

    assertThat(planned(rollout)).isFalse();
    assertThat(rollout.last().events()).hasAtLeastOneElementOfType(RollbackSkipped.class);
  }

  private static RolloutDefinition rollingBack(Set<AutoRollbackEvent> events) {
    return Rollouts.with(definition(2, 1), new RollbackPolicy(events, ROLLBACK_ID, OLD));
  }

  private static boolean planned(Rollouts rollout) {
    assertThat(rollout.state().status().isTerminal()).isTrue();
    return rollout.state().rollback() != null;
  }

  private static Rollouts stopped(
      RolloutDefinition definition, ErrorCode cause, RollbackWish rollback) {
    Rollouts rollout = Rollouts.of(definition).begin();
    return rollout
        .take(new Input.Stop(rollout.now(), cause, rollback, null, ""))
        .ends('a', Diagnostics.SUCCEEDED);
  }

  private static Input stop(Rollouts rollout, @Nullable Duration grace) {
    return new Input.Stop(
        rollout.now(), ErrorCode.MANUAL_STOP, RollbackWish.AS_CONFIGURED, grace, "enough");
  }
}
