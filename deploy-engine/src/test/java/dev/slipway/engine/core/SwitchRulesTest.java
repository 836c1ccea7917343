package dev.slipway.engine.core;

import static dev.slipway.engine.core.Fleets.answer;
import static dev.slipway.engine.core.Fleets.blueGreen;
import static dev.slipway.engine.core.Rollouts.host;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.HostStatus;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutEvent;
import dev.slipway.event.SwitchAwaited;
import dev.slipway.event.TrafficMoved;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.Guards;
import dev.slipway.guard.Pulse;
import dev.slipway.rollout.Hold;
import dev.slipway.strategy.Strategies;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How traffic is switched from original hosts, c and d, to replacement hosts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SwitchRulesTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void all_replacements_are_ready_before_traffic_moves_and_then_the_originals_lose_it_at_once() {
    Rollouts rollout = answer(begun(null));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(moves(rollout))
        .containsExactly(List.of(host('a')), List.of(host('b')), List.of(host('c'), host('d')));
    assertThat(rollout.waves()).isEqualTo("a b");
    assertThat(rollout.state().overview()).isEqualTo(new DeploymentOverview(0, 0, 4, 0, 0));
  }

  @Test
  void no_host_loses_or_gets_traffic_before_all_replacements_have_the_revision() {
    Rollouts rollout = begun(null);
    answerUntil(rollout, it -> it.at('a').status() == HostStatus.READY);

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.READY);
    assertThat(rollout.at('b').status()).isEqualTo(HostStatus.IN_PROGRESS);
    assertThat(rollout.at('c').status()).isEqualTo(HostStatus.PENDING);
    assertThat(moves(rollout)).isEmpty();
    assertThat(RolloutCore.pendingEffects(rollout.state())).hasSize(1);
  }

  @Test
  void the_pace_of_the_config_is_that_of_the_switch_too() {
    Rollouts rollout = answer(Rollouts.of(blueGreen(4, 2, null)).begin());

    assertThat(moves(rollout))
        .containsExactly(
            List.of(host('a'), host('b')),
            List.of(host('c'), host('d')),
            List.of(host('e'), host('f')));
  }

  @Test
  void a_switch_that_somebody_must_ask_for_is_waited_for() {
    Rollouts rollout = answer(begun(HOUR));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.READY);
    assertThat(rollout.last().events()).contains(new SwitchAwaited(rollout.now().plus(HOUR)));
    assertThat(rollout.last().wakeAt()).isEqualTo(rollout.now().plus(HOUR));
    assertThat(Explanation.of(rollout.state(), rollout.now()))
        .extracting(Hold::kind)
        .containsExactly(Hold.Kind.SWITCH_AWAITED);
    assertThat(StateForm.read(rollout.state().definition(), StateForm.write(rollout.state())))
        .contains(rollout.state());

    answer(rollout.take(new Input.SwitchTraffic(rollout.now(), "looks good")));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_switch_that_nobody_asks_for_stops_the_deployment_and_originals_keep_the_traffic() {
    Rollouts rollout = answer(begun(HOUR)).after(HOUR);

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(error(rollout).code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(moves(rollout)).isEmpty();
    assertThat(rollout.state().overview()).isEqualTo(new DeploymentOverview(0, 0, 0, 0, 4));
    assertThat(rollout.state().statusOf(0)).isEqualTo(HostStatus.SKIPPED);
  }

  @Test
  void a_stop_ends_the_wait() {
    Rollouts rollout = answer(begun(HOUR));

    rollout.take(
        new Input.Stop(rollout.now(), ErrorCode.MANUAL_STOP, RollbackWish.ALWAYS, null, ""));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(rollout.last().events()).hasAtLeastOneElementOfType(RollbackSkipped.class);
  }

  @Test
  void a_pulse_that_stays_away_ends_the_wait_at_once() {
    Guards guards = Guards.NONE.with(new Pulse(Duration.ofMinutes(5), Pulse.Silence.STOP));
    Rollouts rollout = answer(Rollouts.of(blueGreen(HOUR).with(guards)).begin());

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.READY);
    assertThat(rollout.last().wakeAt()).isEqualTo(Rollouts.START.plus(Duration.ofMinutes(5)));
    rollout.after(Duration.ofMinutes(5));
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(error(rollout).message()).contains("no pulse has come");
  }

  @Test
  void a_pulse_that_stays_away_in_the_wait_is_looked_for_once_when_it_pauses() {
    Guards guards = Guards.NONE.with(new Pulse(Duration.ofMinutes(5), Pulse.Silence.PAUSE));
    Rollouts rollout = answer(Rollouts.of(blueGreen(HOUR).with(guards)).begin());

    rollout.after(Duration.ofMinutes(5));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.READY);
    assertThat(rollout.state().pause()).isNotNull();
    assertThat(rollout.last().wakeAt()).isEqualTo(Rollouts.START.plus(HOUR));
  }

  @Test
  void replacements_that_the_switch_has_not_reached_are_let_go_of_at_the_end() {
    Rollouts late = answer(begun(HOUR)).after(HOUR);
    Rollouts stopped = answer(begun(HOUR));
    stopped.take(
        new Input.Stop(stopped.now(), ErrorCode.MANUAL_STOP, RollbackWish.NEVER, null, ""));
    Rollouts failed =
        answer(Rollouts.of(blueGreen(4, 2, null)).begin(), "a/Install", "b/BeforeAllowTraffic");

    for (Rollouts rollout : List.of(late, stopped, failed)) {
      List<Effect> releases =
          rollout.state().fleet().hosts().stream()
              .filter(host -> host.status() == HostStatus.READY)
              .<Effect>map(host -> new Effect.Release(host.host().id()))
              .toList();
      assertThat(rollout.state().status().isTerminal()).isTrue();
      assertThat(releases).hasSize(2);
      assertThat(rollout.last().effects()).containsAll(releases);
      assertThat(RolloutCore.pendingEffects(rollout.state())).containsAll(releases);
    }
  }

  @Test
  void a_request_to_switch_before_or_after_the_wait_changes_nothing() {
    Rollouts rollout = begun(HOUR);
    rollout.take(new Input.SwitchTraffic(rollout.now(), ""));
    assertThat(rollout.last().events()).isEmpty();

    answer(rollout);
    answer(rollout.take(new Input.SwitchTraffic(rollout.now(), "")));
    rollout.take(new Input.SwitchTraffic(rollout.now(), ""));

    assertThat(rollout.last().events()).isEmpty();
  }

  @Test
  void too_few_ready_replacements_leave_the_traffic_where_it_is() {
    Rollouts rollout = answer(begun(null), "a/Install");

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(error(rollout).code()).isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    assertThat(moves(rollout)).isEmpty();
  }

  @Test
  void the_failure_budget_is_one_for_both_phases() {
    Rollouts once = answer(Rollouts.of(blueGreen(4, 2, null)).begin(), "a/Install");
    Rollouts twice =
        answer(Rollouts.of(blueGreen(4, 2, null)).begin(), "a/Install", "b/BeforeAllowTraffic");

    assertThat(once.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(twice.state().status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(twice.at('c').status()).isEqualTo(HostStatus.READY);
    assertThat(twice.state().statusOf(2)).isEqualTo(HostStatus.SKIPPED);
    assertThat(twice.at('e').status()).isEqualTo(HostStatus.PENDING);
  }

  @Test
  void one_original_host_that_keeps_its_traffic_fails_the_deployment() {
    Rollouts rollout = answer(begun(null), "d/BlockTraffic");

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(error(rollout))
        .isEqualTo(
            new ErrorInformation(
                ErrorCode.HEALTH_CONSTRAINTS,
                "1 of 2 original hosts could not be taken out of traffic, and none may fail"));
    assertThat(rollout.at('c').status()).isEqualTo(HostStatus.SUCCEEDED);
  }

  @Test
  void only_a_switch_that_has_begun_is_taken_back() {
    Rollouts before = answer(rollingBack(), "a/Install");
    Rollouts after = answer(rollingBack(), "a/AfterAllowTraffic");

    assertThat(before.state().rollback()).isNull();
    assertThat(after.state().rollback())
        .isEqualTo(new RollbackPlanned(Rollouts.ROLLBACK_ID, Rollouts.OLD));
  }

  @Test
  void there_is_nothing_to_switch_from_without_original_hosts() {
    RolloutDefinition definition =
        Rollouts.with(
            Rollouts.definition(2, 1),
            RolloutDefinition.Lifecycle.IN_PLACE.switching(
                Fleets.BALANCER, new RolloutDefinition.Lifecycle.BlueGreen(0, null, null)));

    assertThat(error(Rollouts.of(definition).begin()).code()).isEqualTo(ErrorCode.NO_INSTANCES);
  }

  @Test
  void a_plan_shows_the_replacements_wave_by_wave() {
    RolloutPlan plan = RolloutPlan.of(blueGreen(4, 2, HOUR), "as-many", Strategies.asManyAsMay());

    assertThat(plan.error()).isNull();
    assertThat(plan.waves())
        .containsExactly(List.of(host('a'), host('b')), List.of(host('c'), host('d')));
  }

  private static Rollouts rollingBack() {
    return Rollouts.of(
            Rollouts.with(
                blueGreen(null),
                new RollbackPolicy(
                    Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE),
                    Rollouts.ROLLBACK_ID,
                    Rollouts.OLD)))
        .begin();
  }

  private static Rollouts begun(@Nullable Duration readyWait) {
    return Rollouts.of(blueGreen(readyWait)).begin();
  }

  private static void answerUntil(Rollouts rollout, Predicate<Rollouts> isEnough) {
    while (!isEnough.test(rollout)) {
      rollout.ends('a', Diagnostics.SUCCEEDED);
    }
  }

  private static ErrorInformation error(Rollouts rollout) {
    RolloutEnded ended = Objects.requireNonNull(rollout.state().ended());
    return Objects.requireNonNull(ended.error());
  }

  private static List<List<HostId>> moves(Rollouts rollout) {
    return rollout.decisions().stream()
        .<RolloutEvent>flatMap(decision -> decision.events().stream())
        .filter(TrafficMoved.class::isInstance)
        .map(event -> ((TrafficMoved) event).hosts())
        .toList();
  }
}
