package dev.slipway.engine.core;

import static dev.slipway.engine.core.Fleets.answer;
import static dev.slipway.engine.core.Rollouts.host;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.event.CheckVerdict;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.TerminationAwaited;
import dev.slipway.event.TerminationOrdered;
import dev.slipway.event.TerminationSettled;
import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.rollout.Hold;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How original hosts, c and d, end once traffic has left them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TerminationRulesTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Effect.TerminateHosts FIRST_ORDER =
      new Effect.TerminateHosts(List.of(host('c'), host('d')), 1);

  private static Rollouts switched(Duration stay) {
    return answer(
        Rollouts.of(
                Rollouts.with(
                    Fleets.terminating(stay),
                    new RollbackPolicy(
                        Set.of(AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST),
                        Rollouts.ROLLBACK_ID,
                        Rollouts.OLD)))
            .begin());
  }

  private static Rollouts settled(Rollouts rollout, int attempt, String refusal) {
    return rollout.take(new Input.Terminated(rollout.now(), attempt, refusal));
  }

  private static Rollouts stopped(Rollouts rollout) {
    return rollout.take(
        new Input.Stop(rollout.now(), ErrorCode.MANUAL_STOP, RollbackWish.AS_CONFIGURED, null, ""));
  }

  @Test
  void originals_stay_for_their_time_and_are_ended_then() {
    Rollouts rollout = switched(HOUR);

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    assertThat(rollout.last().events()).contains(new TerminationAwaited(rollout.now().plus(HOUR)));
    assertThat(rollout.last().wakeAt()).isEqualTo(rollout.now().plus(HOUR));
    assertThat(Explanation.of(rollout.state(), rollout.now()))
        .extracting(Hold::kind)
        .containsExactly(Hold.Kind.TERMINATION);

    rollout.after(HOUR);
    assertThat(rollout.last().effects()).containsExactly(FIRST_ORDER);
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);

    settled(rollout, 1, "");
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void originals_without_a_time_are_ended_at_once() {
    Rollouts rollout = switched(Duration.ZERO);

    assertThat(rollout.last().effects()).contains(FIRST_ORDER);
  }

  @Test
  void somebody_who_asks_ends_the_wait() {
    Rollouts rollout = switched(HOUR);

    rollout.take(new Input.TerminateOriginals(rollout.now(), "it is fine"));

    assertThat(rollout.last().events())
        .containsExactly(
            new TerminationOrdered(1, rollout.now().plus(Duration.ofMinutes(1)), "it is fine"));
    assertThat(rollout.last().effects()).containsExactly(FIRST_ORDER);
    rollout.take(new Input.TerminateOriginals(rollout.now(), "twice"));
    assertThat(rollout.last().events()).isEmpty();
  }

  @Test
  void a_request_before_the_switch_changes_nothing() {
    Rollouts rollout = Rollouts.of(Fleets.terminating(HOUR)).begin();

    rollout.take(new Input.TerminateOriginals(rollout.now(), ""));

    assertThat(rollout.last().events()).isEmpty();
  }

  @Test
  void a_refusal_is_told_and_does_not_fail_the_deployment() {
    Rollouts rollout = settled(switched(Duration.ZERO), 1, "not allowed");

    assertThat(rollout.last().events()).contains(new TerminationSettled("not allowed"));
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_terminator_that_does_not_answer_is_told_again_sixty_times() {
    Rollouts rollout = switched(Duration.ZERO);

    rollout.after(Duration.ofMinutes(1));
    assertThat(rollout.last().effects())
        .containsExactly(new Effect.TerminateHosts(FIRST_ORDER.hosts(), 2));

    for (int order = 3; order <= 60; order++) {
      assertThat(rollout.after(HOUR).last().effects()).hasSize(1);
    }
    rollout.after(HOUR);
    assertThat(rollout.last().events())
        .contains(new TerminationSettled("the terminator has not answered 60 orders"));
    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void what_was_ordered_is_ordered_again_by_the_next_owner_and_kept_in_a_snapshot() {
    Rollouts rollout = switched(Duration.ZERO);

    assertThat(RolloutCore.pendingEffects(rollout.state())).contains(FIRST_ORDER);
    assertThat(StateForm.read(rollout.state().definition(), StateForm.write(rollout.state())))
        .contains(rollout.state());
  }

  @Test
  void while_originals_stay_there_is_a_way_back_to_them() {
    Rollouts rollout = stopped(switched(HOUR));

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(rollout.state().rollback())
        .isEqualTo(new RollbackPlanned(Rollouts.ROLLBACK_ID, Rollouts.OLD));
  }

  @Test
  void once_their_end_is_ordered_nothing_stops_the_deployment() {
    Rollouts rollout = stopped(switched(Duration.ZERO));

    assertThat(rollout.last().events()).isEmpty();
    assertThat(rollout.after(Duration.ofDays(5)).state().status())
        .isEqualTo(DeploymentStatus.IN_PROGRESS);
    assertThat(settled(rollout, 1, "").state().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_group_has_switched_whoever_stops_the_wait_unless_traffic_comes_back() {
    RolloutState back = stopped(switched(HOUR)).state();
    RolloutState stays =
        switched(HOUR)
            .take(
                new Input.Stop(Rollouts.START, ErrorCode.MANUAL_STOP, RollbackWish.NEVER, null, ""))
            .state();

    assertThat(entered(back).lastSwitch()).isNull();
    assertThat(entered(stays).targetRevision()).isEqualTo(Rollouts.NEW);
    assertThat(entered(stays).lastSwitch())
        .isEqualTo(new GroupBook.Switch(Rollouts.ID, Rollouts.START));
  }

  private static GroupBook entered(RolloutState ended) {
    return GroupBook.EMPTY.after(ended, Rollouts.NEW, FileExistsBehavior.DISALLOW);
  }

  @Test
  void gates_judge_hosts_that_have_something_new() {
    Guards guards =
        Guards.NONE
            .withHostGate(GateReference.named("version"))
            .with(Checkpoint.after(WaveSize.rest()).gate(GateReference.named("visitor")));
    Rollouts rollout = Rollouts.of(Fleets.terminating(HOUR).with(guards)).begin();
    List<Effect.Ask> asked = new ArrayList<>();
    for (int seen = 0; !rollout.state().isTerminationBegun(); ) {
      Fleets.answerOnce(rollout);
      for (; seen < rollout.decisions().size(); seen++) {
        rollout.decisions().get(seen).effects().stream()
            .filter(Effect.Ask.class::isInstance)
            .map(Effect.Ask.class::cast)
            .forEach(
                ask -> {
                  asked.add(ask);
                  pass(rollout, ask);
                });
      }
    }

    assertThat(asked).extracting(Effect.Ask::host).containsOnly(host('a'), host('b'), null);
    assertThat(asked)
        .filteredOn(ask -> ask.host() == null)
        .extracting(Effect.Ask::updated)
        .containsOnly(List.of(host('a'), host('b')));
  }

  private static void pass(Rollouts rollout, Effect.Ask ask) {
    rollout.take(
        new Input.Answered(
            rollout.now(),
            ask.check(),
            ask.name(),
            ask.host(),
            ask.round(),
            CheckVerdict.PASSED,
            "",
            Duration.ZERO));
  }

  @Test
  void a_pause_holds_their_end() {
    Rollouts rollout = switched(HOUR);
    rollout.take(new Input.Pause(rollout.now(), "wait"));

    rollout.after(HOUR.multipliedBy(2));
    assertThat(rollout.last().effects()).isEmpty();

    rollout.take(new Input.Resume(rollout.now(), ""));
    assertThat(rollout.last().effects()).containsExactly(FIRST_ORDER);
  }

  @Test
  void whoever_must_approve_does_so_while_there_is_a_way_back() {
    Rollouts rollout =
        answer(
            Rollouts.of(
                    Fleets.terminating(HOUR)
                        .with(
                            Guards.NONE.with(
                                Checkpoint.after(WaveSize.rest())
                                    .approval(Approval.of("is it well?")))))
                .begin());

    assertThat(Explanation.of(rollout.state(), rollout.now()))
        .extracting(Hold::kind)
        .containsExactly(Hold.Kind.APPROVAL);
    assertThat(rollout.state().isTerminationBegun()).isFalse();

    rollout.take(new Input.Approve(rollout.now(), null, "ann", ""));

    assertThat(rollout.state().isTerminationAwaited()).isTrue();
  }

  @Test
  void a_switch_that_fails_ends_nobody() {
    Rollouts rollout =
        answer(Rollouts.of(Fleets.terminating(Duration.ZERO)).begin(), "d/BlockTraffic");

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(rollout.state().isTerminationBegun()).isFalse();
  }

  @Test
  void a_plan_does_not_wait_for_it() {
    RolloutPlan plan =
        RolloutPlan.of(Fleets.terminating(HOUR), "as-many", Strategies.asManyAsMay());

    assertThat(plan.error()).isNull();
  }
}
