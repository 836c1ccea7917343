package dev.slipway.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.CheckKind;
import dev.slipway.event.CheckVerdict;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.DeploymentWindows;
import dev.slipway.guard.Freeze;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.guard.Pulse;
import dev.slipway.rollout.Hold;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GuardsTest {

  private static final GateReference METRICS =
      GateReference.named("metrics").within(Duration.ofMinutes(2));
  private static final Checkpoint AFTER_ONE = Checkpoint.after(WaveSize.count(1));
  private static final AlarmWatch ALARMS = AlarmWatch.of("cloudwatch", "errors");

  /** Four hosts a, b, c, d of which three may be off. */
  private static Rollouts begun(Guards guards) {
    return Rollouts.of(Rollouts.definition(4, 3).with(guards)).begin();
  }

  static Rollouts answers(
      Rollouts rollout, CheckKind kind, String name, CheckVerdict verdict, String message) {
    Effect.Ask ask =
        rollout.decisions().stream()
            .flatMap(decision -> decision.effects().stream())
            .filter(effect -> effect instanceof Effect.Ask asked && asked.check() == kind)
            .map(effect -> (Effect.Ask) effect)
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(ask.name()).isEqualTo(name);
    return rollout.take(
        new Input.Answered(
            rollout.now(),
            kind,
            name,
            ask.host(),
            ask.round(),
            verdict,
            message,
            Duration.ofSeconds(10)));
  }

  private static ErrorInformation error(Rollouts rollout) {
    return Objects.requireNonNull(Objects.requireNonNull(rollout.state().ended()).error());
  }

  private static List<Hold> holds(Rollouts rollout) {
    return Explanation.of(rollout.state(), rollout.now());
  }

  private static int inFlight(Rollouts rollout) {
    return rollout.state().counts().inFlight();
  }

  @Test
  void no_host_beyond_a_checkpoint_starts_before_its_bake_is_over() {
    Rollouts rollout = begun(Guards.NONE.with(AFTER_ONE.bake(Duration.ofMinutes(5))));

    assertThat(inFlight(rollout)).isEqualTo(1);
    rollout.succeeds("a").after(Duration.ofMinutes(4));
    assertThat(inFlight(rollout)).isZero();
    assertThat(holds(rollout)).extracting(Hold::kind).containsExactly(Hold.Kind.BAKE);
    assertThat(holds(rollout).get(0).until()).isEqualTo(Rollouts.START.plusSeconds(300));
    rollout.after(Duration.ofMinutes(1));
    assertThat(inFlight(rollout)).isEqualTo(3);
  }

  @Test
  void a_bake_does_not_count_against_the_time_of_the_rollout() {
    Rollouts rollout =
        begun(Guards.NONE.with(AFTER_ONE.bake(Duration.ofDays(2))))
            .succeeds("a")
            .after(Duration.ofDays(2))
            .succeeds("bcd");

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_checkpoint_after_all_hosts_comes_before_the_end() {
    Rollouts rollout =
        begun(
                Guards.NONE.with(
                    Checkpoint.after(WaveSize.rest()).bake(Duration.ofMinutes(5)).gate(METRICS)))
            .succeeds("abc")
            .succeeds("d");

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    answers(rollout, CheckKind.FLEET_GATE, "metrics", CheckVerdict.REFUSED, "5 % errors");
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(error(rollout).code()).isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    assertThat(error(rollout).message())
        .startsWith("gate 'metrics' refused: 5 % errors; 0 of 4 hosts failed");
  }

  @Test
  void a_canary_goes_on_when_somebody_approves() {
    Rollouts rollout =
        begun(Guards.NONE.with(AFTER_ONE.approval(Approval.of("is it well?")))).succeeds("a");

    assertThat(holds(rollout)).extracting(Hold::kind).containsExactly(Hold.Kind.APPROVAL);
    assertThat(holds(rollout).get(0).message()).contains("1 of 4").endsWith(": is it well?");
    rollout.take(new Input.Approve(rollout.now(), 1, "ann", "looks good"));
    assertThat(inFlight(rollout)).isEqualTo(3);
  }

  @Test
  void an_approval_that_nobody_waits_for_is_ignored() {
    Rollouts rollout = begun(Guards.NONE.with(AFTER_ONE.approval(Approval.of(""))));

    rollout.take(new Input.Approve(rollout.now(), 1, "ann", "")).succeeds("a");

    assertThat(inFlight(rollout)).isZero();
  }

  @Test
  void a_canary_that_is_rejected_is_stopped_by_whoever_did() {
    Rollouts rollout = begun(Guards.NONE.with(AFTER_ONE.approval(Approval.of("")))).succeeds("a");

    rollout.take(new Input.Reject(rollout.now(), 1, "bob", "too slow"));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(error(rollout).message()).contains("rejected by bob: too slow");
  }

  @Test
  void nobody_waits_for_an_approval_for_ever() {
    Rollouts rollout =
        begun(Guards.NONE.with(AFTER_ONE.approval(new Approval("", Duration.ofHours(20)))))
            .succeeds("a")
            .after(Duration.ofHours(20));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(error(rollout).message()).contains("nobody has approved");
  }

  @Test
  void a_gate_that_has_passed_during_a_bake_is_asked_once_more_when_it_is_over() {
    Rollouts rollout =
        begun(Guards.NONE.with(AFTER_ONE.bake(Duration.ofMinutes(1)).gate(METRICS))).succeeds("a");

    answers(rollout, CheckKind.FLEET_GATE, "metrics", CheckVerdict.PASSED, "");
    rollout.after(Duration.ofSeconds(30));
    answers(rollout, CheckKind.FLEET_GATE, "metrics", CheckVerdict.PASSED, "");
    rollout.after(Duration.ofSeconds(30));
    assertThat(inFlight(rollout)).isZero();
    answers(rollout, CheckKind.FLEET_GATE, "metrics", CheckVerdict.PASSED, "");
    assertThat(inFlight(rollout)).isEqualTo(3);
  }

  @Test
  void a_gate_that_cannot_say_refuses_at_its_deadline() {
    Rollouts rollout = begun(Guards.NONE.with(AFTER_ONE.gate(METRICS))).succeeds("a");

    answers(rollout, CheckKind.FLEET_GATE, "metrics", CheckVerdict.NOT_YET, "no data");
    assertThat(holds(rollout).get(0).message()).contains("metrics").contains("no data");
    rollout.after(Duration.ofSeconds(10)).after(Duration.ofMinutes(2));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(error(rollout).message()).contains("it has not passed by");
  }

  @Test
  void a_gate_that_is_not_known_holds_the_rollout_and_is_named() {
    Rollouts rollout = begun(Guards.NONE.with(AFTER_ONE.gate(METRICS))).succeeds("a");

    answers(rollout, CheckKind.FLEET_GATE, "metrics", CheckVerdict.MISSING, "");
    rollout.after(Duration.ofHours(5));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    assertThat(holds(rollout)).extracting(Hold::kind).containsExactly(Hold.Kind.GATE);
    assertThat(holds(rollout).get(0).message()).contains("gate 'metrics' is not known");
    answers(rollout, CheckKind.FLEET_GATE, "metrics", CheckVerdict.PASSED, "");
    assertThat(inFlight(rollout)).isEqualTo(3);
  }

  @Test
  void an_answer_that_is_lost_after_a_gate_was_not_known_is_not_waited_for_for_ever() {
    Rollouts rollout = begun(Guards.NONE.with(AFTER_ONE.gate(METRICS))).succeeds("a");
    answers(rollout, CheckKind.FLEET_GATE, "metrics", CheckVerdict.MISSING, "");

    rollout.after(GuardRules.WHILE_MISSING);
    assertThat(rollout.last().wakeAt()).isEqualTo(rollout.now().plus(METRICS.within()));
    rollout.after(METRICS.within());

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(error(rollout).message()).contains("gate 'metrics'", "it has not passed by");
  }

  @Test
  void a_host_that_its_gate_refuses_has_failed() {
    Rollouts rollout =
        begun(Guards.NONE.withHostGate(METRICS))
            .reaches('a', LifecycleEvent.VALIDATE_SERVICE)
            .ends('a', Diagnostics.SUCCEEDED);

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.IN_PROGRESS);
    answers(rollout, CheckKind.HOST_GATE, "metrics", CheckVerdict.REFUSED, "HTTP 500");
    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.FAILED);
    assertThat(rollout.at('a').reason()).isEqualTo("gate 'metrics' refused: HTTP 500");
  }

  @Test
  void a_host_succeeds_when_its_gate_passes() {
    Rollouts rollout =
        begun(Guards.NONE.withHostGate(METRICS))
            .reaches('a', LifecycleEvent.VALIDATE_SERVICE)
            .ends('a', Diagnostics.SUCCEEDED);

    answers(rollout, CheckKind.HOST_GATE, "metrics", CheckVerdict.PASSED, "");

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.SUCCEEDED);
  }

  @Test
  void no_host_starts_before_the_alarms_are_read() {
    Rollouts rollout = begun(Guards.NONE.with(ALARMS));

    assertThat(inFlight(rollout)).isZero();
    assertThat(holds(rollout)).extracting(Hold::kind).containsExactly(Hold.Kind.ALARM);
    answers(rollout, CheckKind.ALARMS, "cloudwatch", CheckVerdict.PASSED, "");
    assertThat(inFlight(rollout)).isEqualTo(3);
  }

  @Test
  void an_alarm_stops_a_rollout_while_it_runs() {
    Rollouts rollout = begun(Guards.NONE.with(ALARMS));
    answers(rollout, CheckKind.ALARMS, "cloudwatch", CheckVerdict.PASSED, "");
    rollout.after(Duration.ofSeconds(30));

    answers(rollout, CheckKind.ALARMS, "cloudwatch", CheckVerdict.REFUSED, "errors");
    rollout.ends('a', Diagnostics.SUCCEEDED).ends('b', Diagnostics.SUCCEEDED);
    rollout.ends('c', Diagnostics.SUCCEEDED);

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(error(rollout).code()).isEqualTo(ErrorCode.ALARM_ACTIVE);
    assertThat(error(rollout).message()).endsWith("errors");
  }

  @Test
  void an_alarm_ends_the_wait_for_a_traffic_switch() {
    Rollouts rollout =
        Rollouts.of(Fleets.blueGreen(Duration.ofHours(1)).with(Guards.NONE.with(ALARMS))).begin();
    Fleets.answer(answers(rollout, CheckKind.ALARMS, "cloudwatch", CheckVerdict.PASSED, ""));
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.READY);
    assertThat(rollout.last().wakeAt()).isBefore(rollout.now().plus(Duration.ofHours(1)));
    rollout.after(Duration.ofSeconds(30));

    answers(rollout, CheckKind.ALARMS, "cloudwatch", CheckVerdict.REFUSED, "errors");

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(error(rollout).code()).isEqualTo(ErrorCode.ALARM_ACTIVE);
  }

  @Test
  void alarms_that_cannot_be_read_stop_it_unless_that_is_ignored() {
    Rollouts strict = begun(Guards.NONE.with(ALARMS));
    Rollouts lenient = begun(Guards.NONE.with(ALARMS.ignoringPollFailure()));

    answers(strict, CheckKind.ALARMS, "cloudwatch", CheckVerdict.UNREADABLE, "away");
    answers(lenient, CheckKind.ALARMS, "cloudwatch", CheckVerdict.UNREADABLE, "away");

    assertThat(strict.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(error(strict).code()).isEqualTo(ErrorCode.ALARM_ACTIVE);
    assertThat(inFlight(lenient)).isEqualTo(3);
  }

  @Test
  void hosts_wait_for_the_end_of_a_freeze() {
    Rollouts rollout =
        begun(Guards.NONE.with(freeze(0, 600, DeploymentWindows.Running.FINISH_WAVE)));

    assertThat(inFlight(rollout)).isZero();
    assertThat(holds(rollout)).extracting(Hold::kind).containsExactly(Hold.Kind.WINDOW);
    assertThat(holds(rollout).get(0).message()).contains("stock-taking");
    rollout.after(Duration.ofMinutes(10));
    assertThat(inFlight(rollout)).isEqualTo(3);
  }

  @Test
  void a_freeze_lets_hosts_in_flight_end_or_wait_between_events() {
    Rollouts finishing =
        begun(Guards.NONE.with(freeze(60, 600, DeploymentWindows.Running.FINISH_WAVE)))
            .after(Duration.ofMinutes(1))
            .ends('a', Diagnostics.SUCCEEDED);
    Rollouts draining =
        begun(Guards.NONE.with(freeze(60, 600, DeploymentWindows.Running.DRAIN)))
            .after(Duration.ofMinutes(1))
            .ends('a', Diagnostics.SUCCEEDED);

    assertThat(finishing.at('a').running()).isNotNull();
    assertThat(draining.at('a').running()).isNull();
    draining.after(Duration.ofMinutes(9));
    assertThat(draining.at('a').running()).isNotNull();
  }

  private static DeploymentWindows freeze(int from, int to, DeploymentWindows.Running running) {
    return new DeploymentWindows(
        ZoneOffset.UTC,
        List.of(),
        List.of(
            new Freeze(
                Rollouts.START.plusSeconds(from), Rollouts.START.plusSeconds(to), "stock-taking")),
        running);
  }

  @Test
  void a_rollout_that_misses_its_pulse_rests_or_is_stopped() {
    Guards resting = Guards.NONE.with(new Pulse(Duration.ofMinutes(5), Pulse.Silence.PAUSE));
    Guards stopping = Guards.NONE.with(new Pulse(Duration.ofMinutes(5), Pulse.Silence.STOP));
    Rollouts fed = begun(resting).acknowledges('a').acknowledges('b').acknowledges('c');
    fed.after(Duration.ofMinutes(4)).take(new Input.Pulse(fed.now())).after(Duration.ofMinutes(4));

    Rollouts rests = begun(resting).acknowledges('a').acknowledges('b').acknowledges('c');
    rests.after(Duration.ofMinutes(5));
    Rollouts stops = begun(stopping).acknowledges('a').acknowledges('b').acknowledges('c');
    stops.after(Duration.ofMinutes(5));

    assertThat(fed.state().pause()).isNull();
    assertThat(Objects.requireNonNull(rests.state().pause()).reason())
        .contains("no pulse has come within PT5M");
    assertThat(Objects.requireNonNull(stops.state().ending().stop()).reason()).contains("no pulse");
  }

  @Test
  void failures_of_one_wave_and_of_one_zone_are_limits_of_their_own() {
    Rollouts inWave =
        Rollouts.of(
                Rollouts.with(
                    Rollouts.definition(8, 4), RolloutLimits.NONE.withMaxFailuresPerWave(1)))
            .begin()
            .fails("ab")
            .succeeds("cd");
    Rollouts acrossWaves =
        Rollouts.of(
                Rollouts.with(
                    Rollouts.definition(8, 4), RolloutLimits.NONE.withMaxFailuresPerWave(1)))
            .begin()
            .fails("a")
            .succeeds("bcd")
            .fails("e")
            .succeeds("fgh");

    assertThat(error(inWave).message()).startsWith("more than maxFailuresPerWave 1");
    assertThat(acrossWaves.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    Rollouts inZone =
        Rollouts.of(
                Rollouts.with(
                    Rollouts.definition(8, 4), RolloutLimits.NONE.withMaxFailuresPerZone(1)))
            .begin()
            .fails("a")
            .succeeds("bcd")
            .fails("e")
            .succeeds("fg");
    assertThat(error(inZone).message()).startsWith("more than maxFailuresPerZone 1");
  }
}
