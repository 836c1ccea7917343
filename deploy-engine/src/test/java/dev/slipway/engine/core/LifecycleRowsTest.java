package dev.slipway.engine.core;

import static dev.slipway.engine.core.Rollouts.FAILED;
import static dev.slipway.engine.core.Rollouts.begun;
import static dev.slipway.engine.core.Rollouts.definition;
import static dev.slipway.engine.core.Rollouts.host;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.event.HostEventAcknowledged;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.WaveStarted;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.UnreachableReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How one host goes through its lifecycle. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LifecycleRowsTest {

  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void a_host_that_starts_is_offered_the_first_event() {
    Rollouts rollout = begun(1, 1);

    assertThat(rollout.last().events())
        .containsExactly(
            new RolloutStarted(1, 0, 1, Rollouts.START.plus(Duration.ofHours(12))),
            new WaveStarted(1, List.of(host('a'))),
            new HostEventOffered(
                host('a'), LifecycleEvent.APPLICATION_STOP, 1, Rollouts.START.plus(FIVE_MINUTES)));
    assertThat(rollout.last().effects())
        .containsExactly(
            new Effect.Offer(
                host('a'),
                LifecycleEvent.APPLICATION_STOP,
                1,
                LifecycleEvent.IN_PLACE.subList(1, 7)));
    assertThat(rollout.last().wakeAt()).isEqualTo(Rollouts.START.plus(FIVE_MINUTES));
  }

  @Test
  void a_host_runs_the_seven_events_in_order_one_at_a_time() {
    Rollouts rollout = begun(1, 1);

    for (LifecycleEvent event : LifecycleEvent.IN_PLACE) {
      assertThat(rollout.running('a').event()).isEqualTo(event);
      rollout.acknowledges('a').ends('a', Diagnostics.SUCCEEDED);
    }

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.SUCCEEDED);
    assertThat(rollout.at('a').runs())
        .extracting(EventRun::event)
        .isEqualTo(LifecycleEvent.IN_PLACE);
    assertThat(rollout.last().effects()).containsExactly(new Effect.Release(host('a')));
  }

  @Test
  void an_acknowledged_event_has_an_hour() {
    Rollouts rollout = begun(1, 1).after(Duration.ofMinutes(4)).acknowledges('a');

    assertThat(rollout.last().events())
        .containsExactly(
            new HostEventAcknowledged(
                host('a'), LifecycleEvent.APPLICATION_STOP, 1, rollout.now().plus(HOUR)));
    assertThat(rollout.last().wakeAt()).isEqualTo(rollout.now().plus(HOUR));
  }

  @ParameterizedTest
  @EnumSource
  void a_failed_event_fails_the_host_unless_it_is_not_in_the_lifecycle(LifecycleEvent event) {
    if (!LifecycleEvent.IN_PLACE.contains(event)) {
      return;
    }
    Rollouts rollout = begun(1, 1).reaches('a', event).ends('a', FAILED);

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.FAILED);
    assertThat(rollout.at('a').reason())
        .isEqualTo(event.wireName() + ": ScriptFailed scripts/start.sh, exit code 1");
    assertThat(rollout.at('a').running()).isNull();
    assertThat(rollout.last().events())
        .startsWith(
            new HostEventFinished(host('a'), event, 1, LifecycleEventStatus.FAILED, FAILED));
  }

  @Test
  void only_a_failing_stop_of_the_application_is_forgiven() {
    RolloutDefinition forgiving =
        Rollouts.with(
            definition(1, 1), new RolloutDefinition.Lifecycle(LifecycleEvent.IN_PLACE, true, 1));

    Rollouts stopFails = Rollouts.of(forgiving).begin().ends('a', FAILED);
    Rollouts installFails =
        Rollouts.of(forgiving).begin().reaches('a', LifecycleEvent.INSTALL).ends('a', FAILED);

    assertThat(stopFails.running('a').event()).isEqualTo(LifecycleEvent.DOWNLOAD_BUNDLE);
    assertThat(stopFails.at('a').runs().get(0).status()).isEqualTo(LifecycleEventStatus.FAILED);
    assertThat(stopFails.succeeds("a").at('a').status()).isEqualTo(HostStatus.SUCCEEDED);
    assertThat(installFails.at('a').status()).isEqualTo(HostStatus.FAILED);
  }

  @Test
  void only_a_download_may_be_tried_again_and_only_as_often_as_said() {
    RolloutDefinition patient =
        Rollouts.with(
            definition(1, 1), new RolloutDefinition.Lifecycle(LifecycleEvent.IN_PLACE, false, 2));
    Rollouts rollout = Rollouts.of(patient).begin().reaches('a', LifecycleEvent.DOWNLOAD_BUNDLE);

    rollout.ends('a', FAILED);

    assertThat(rollout.running('a').event()).isEqualTo(LifecycleEvent.DOWNLOAD_BUNDLE);
    assertThat(rollout.running('a').attempt()).isEqualTo(2);
    assertThat(rollout.ends('a', FAILED).at('a').status()).isEqualTo(HostStatus.FAILED);
    assertThat(Rollouts.of(patient).begin().ends('a', FAILED).at('a').status())
        .isEqualTo(HostStatus.FAILED);
  }

  @Test
  void an_event_that_is_not_taken_within_five_minutes_fails() {
    Rollouts rollout = begun(1, 1).after(FIVE_MINUTES);

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.FAILED);
    assertThat(rollout.at('a').reason())
        .isEqualTo("ApplicationStop: the host did not take it within PT5M");
    assertThat(rollout.last().effects())
        .containsExactly(
            new Effect.Cancel(
                host('a'), LifecycleEvent.APPLICATION_STOP, 1, CancelMode.NOT_STARTED),
            new Effect.Release(host('a')));
  }

  @Test
  void an_event_that_is_not_over_after_an_hour_fails() {
    Rollouts rollout = begun(1, 1).acknowledges('a').after(HOUR);

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.FAILED);
    assertThat(rollout.last().effects())
        .startsWith(
            new Effect.Cancel(host('a'), LifecycleEvent.APPLICATION_STOP, 1, CancelMode.TERMINATE));
  }

  @Test
  void a_report_that_came_in_time_counts_however_late_it_is_read() {
    Rollouts rollout = begun(1, 1).acknowledges('a');

    rollout.take(
        new Input.Finished(
            Rollouts.START.plusSeconds(3599),
            host('a'),
            LifecycleEvent.APPLICATION_STOP,
            1,
            Diagnostics.SUCCEEDED),
        new Input.Tick(Rollouts.START.plus(HOUR).plus(HOUR)));

    assertThat(rollout.running('a').event()).isEqualTo(LifecycleEvent.DOWNLOAD_BUNDLE);
    assertThat(rollout.running('a').deadline())
        .isEqualTo(Rollouts.START.plus(HOUR).plus(HOUR).plus(FIVE_MINUTES));
  }

  @Test
  void no_deadline_passes_while_reports_wait_to_be_read() {
    Rollouts rollout = begun(2, 2).acknowledges('a').acknowledges('b');
    Instant late = Rollouts.START.plus(HOUR).plus(HOUR);

    rollout.take(end('a'), new Input.More(late));
    rollout.take(end('b'), new Input.Tick(late));

    assertThat(rollout.running('a').event()).isEqualTo(LifecycleEvent.DOWNLOAD_BUNDLE);
    assertThat(rollout.running('a').deadline()).isEqualTo(late.plus(FIVE_MINUTES));
    assertThat(rollout.running('b').event()).isEqualTo(LifecycleEvent.DOWNLOAD_BUNDLE);
  }

  private static Input end(char host) {
    return new Input.Finished(
        Rollouts.START.plusSeconds(60),
        host(host),
        LifecycleEvent.APPLICATION_STOP,
        1,
        Diagnostics.SUCCEEDED);
  }

  @Test
  void late_repeated_and_foreign_reports_change_nothing() {
    Rollouts rollout = begun(2, 1).ends('a', Diagnostics.SUCCEEDED);
    RolloutState before = rollout.state();

    rollout.take(
        new Input.Finished(rollout.now(), host('a'), LifecycleEvent.APPLICATION_STOP, 1, FAILED),
        new Input.Finished(rollout.now(), host('a'), LifecycleEvent.DOWNLOAD_BUNDLE, 2, FAILED),
        new Input.Finished(rollout.now(), host('b'), LifecycleEvent.APPLICATION_STOP, 1, FAILED),
        new Input.Finished(rollout.now(), host('z'), LifecycleEvent.APPLICATION_STOP, 1, FAILED),
        new Input.Acknowledged(rollout.now(), host('a'), LifecycleEvent.APPLICATION_STOP, 1),
        new Input.Back(rollout.now(), host('a')),
        new Input.Gone(rollout.now(), host('b')),
        new Input.Begin(rollout.now()));

    assertThat(rollout.state()).isEqualTo(before);
    assertThat(rollout.last().events()).isEmpty();
  }

  @Test
  void a_second_acknowledgement_does_not_give_more_time() {
    Rollouts rollout = begun(1, 1).acknowledges('a').after(FIVE_MINUTES).acknowledges('a');

    assertThat(rollout.last().events()).isEmpty();
    assertThat(rollout.running('a').deadline()).isEqualTo(Rollouts.START.plus(HOUR));
  }

  @ParameterizedTest
  @EnumSource
  void a_host_that_cannot_be_reached_fails_at_once_or_at_its_deadline(UnreachableReason reason) {
    Rollouts rollout = begun(1, 1);

    rollout.take(unreachable(rollout, reason));

    assertThat(rollout.at('a').status())
        .isEqualTo(reason.isFinal() ? HostStatus.UNREACHABLE : HostStatus.IN_PROGRESS);
    rollout.after(FIVE_MINUTES);
    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.UNREACHABLE);
    assertThat(rollout.at('a').reason()).contains("no answer");
    assertThat(rollout.state().counts().failed()).isEqualTo(1);
    assertThat(rollout.state().counts().unreachable()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void a_host_that_refuses_us_after_it_has_taken_an_event_may_still_come_back(
      UnreachableReason reason) {
    Rollouts rollout = begun(1, 1).acknowledges('a');

    rollout.take(unreachable(rollout, reason));
    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.IN_PROGRESS);

    rollout.after(HOUR);
    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.UNREACHABLE);
    assertThat(rollout.at('a').runs().get(0).status()).isEqualTo(LifecycleEventStatus.UNKNOWN);
  }

  @Test
  void what_a_lost_host_ran_is_unknown() {
    Rollouts rollout = begun(1, 1).acknowledges('a');

    rollout.take(unreachable(rollout, UnreachableReason.CONNECTION_LOST)).after(HOUR);

    assertThat(rollout.at('a').runs().get(0).status()).isEqualTo(LifecycleEventStatus.UNKNOWN);
  }

  @Test
  void a_lost_host_that_comes_back_goes_on() {
    Rollouts back = begun(1, 1);
    back.take(unreachable(back, UnreachableReason.TIMED_OUT));
    back.take(new Input.Back(back.now(), host('a')));
    Rollouts reports = begun(1, 1);
    reports.take(unreachable(reports, UnreachableReason.TIMED_OUT));
    reports.ends('a', Diagnostics.SUCCEEDED);

    assertThat(back.at('a').lost()).isNull();
    assertThat(back.after(FIVE_MINUTES).at('a').status()).isEqualTo(HostStatus.FAILED);
    assertThat(reports.at('a').lost()).isNull();
    assertThat(reports.running('a').event()).isEqualTo(LifecycleEvent.DOWNLOAD_BUNDLE);
  }

  @Test
  void being_lost_twice_for_the_same_reason_is_one_event() {
    Rollouts rollout = begun(1, 1);

    rollout.take(unreachable(rollout, UnreachableReason.TIMED_OUT));
    rollout.take(unreachable(rollout, UnreachableReason.TIMED_OUT));

    assertThat(rollout.last().events()).isEmpty();
  }

  @Test
  void a_host_that_leaves_the_inventory_has_failed() {
    Rollouts rollout = begun(2, 1);

    rollout.take(new Input.Gone(rollout.now(), host('a')));

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.UNREACHABLE);
    assertThat(rollout.last().events())
        .hasAtLeastOneElementOfType(HostFinished.class)
        .hasAtLeastOneElementOfType(RolloutEnded.class);
  }

  @Test
  void what_was_offered_is_offered_again_after_a_restart() {
    Rollouts rollout = begun(2, 2).ends('a', Diagnostics.SUCCEEDED);

    assertThat(RolloutCore.pendingEffects(rollout.state()))
        .containsExactly(
            new Effect.Offer(
                host('a'),
                LifecycleEvent.DOWNLOAD_BUNDLE,
                1,
                LifecycleEvent.IN_PLACE.subList(2, 7)),
            new Effect.Offer(
                host('b'),
                LifecycleEvent.APPLICATION_STOP,
                1,
                LifecycleEvent.IN_PLACE.subList(1, 7)));
  }

  private static Input unreachable(Rollouts rollout, UnreachableReason reason) {
    RunningEvent running = rollout.running('a');
    return new Input.Unreachable(
        rollout.now(), host('a'), running.event(), running.attempt(), reason, "no answer");
  }
}
