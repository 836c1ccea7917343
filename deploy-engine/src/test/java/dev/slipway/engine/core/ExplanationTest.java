package dev.slipway.engine.core;

import static dev.slipway.engine.core.Rollouts.begun;
import static dev.slipway.engine.core.Rollouts.definition;
import static dev.slipway.engine.core.Rollouts.host;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.Batching;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.event.RollbackWish;
import dev.slipway.rollout.Hold;
import dev.slipway.spi.transport.UnreachableReason;
import dev.slipway.strategy.StrategyDecision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Why a rollout does not move. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExplanationTest {

  @Test
  void it_waits_for_hosts_and_says_for_what_and_until_when() {
    Rollouts rollout = begun(6, 4).acknowledges('a');

    assertThat(explain(rollout))
        .containsExactly(
            new Hold(
                Hold.Kind.WAITING_FOR_HOSTS,
                List.of(host('a'), host('b'), host('c'), host('d')),
                rollout.now().plus(Duration.ofHours(1)),
                "4 in flight: a runs ApplicationStop since 2026-01-01T00:00:00Z, until"
                    + " 2026-01-01T01:00:00Z at the latest; b has been offered ApplicationStop"
                    + " since 2026-01-01T00:00:00Z, until 2026-01-01T00:05:00Z at the latest; c"
                    + " has been offered ApplicationStop since 2026-01-01T00:00:00Z, until"
                    + " 2026-01-01T00:05:00Z at the latest and 1 more; 2 hosts start when there"
                    + " is room"));
  }

  @Test
  void a_lost_host_is_told_as_lost() {
    Rollouts rollout = begun(2, 1);
    RunningEvent running = rollout.running('a');

    rollout.take(
        new Input.Unreachable(
            rollout.now(),
            host('a'),
            running.event(),
            running.attempt(),
            UnreachableReason.TIMED_OUT,
            "no answer in 10 s"));

    assertThat(explain(rollout).get(0).message()).contains("(lost: TIMED_OUT, no answer in 10 s)");
  }

  @Test
  void failed_hosts_take_up_the_budget() {
    Rollouts rollout = begun(5, 2).fails("a").succeeds("b");

    assertThat(explain(rollout))
        .contains(
            new Hold(
                Hold.Kind.BUDGET_SPENT,
                List.of(host('a')),
                null,
                "failed hosts take up 1 of the 2 that may be off at once"));
  }

  @Test
  void a_zone_is_watched() {
    Rollouts rollout = Rollouts.of(Rollouts.zonal(1, Duration.ofMinutes(10))).begin().succeeds("a");

    assertThat(explain(rollout))
        .containsExactly(
            new Hold(
                Hold.Kind.ZONE_MONITOR,
                List.of(),
                rollout.now().plus(Duration.ofMinutes(10)),
                "zone 'zone-a' is watched until 2026-01-01T00:10:00Z, then zone 'zone-b' begins"));
  }

  @Test
  void the_strategy_waits() {
    Rollouts rollout =
        Rollouts.of(Rollouts.with(definition(3, 2), Batching.WINDOW))
            .using(
                fleet ->
                    fleet.started() == 0
                        ? new StrategyDecision.Start(fleet.nextPending(1))
                        : new StrategyDecision.Hold("canary first"))
            .begin();

    assertThat(explain(rollout))
        .containsExactly(
            new Hold(Hold.Kind.STRATEGY, List.of(), null, "the strategy waits: canary first"));
  }

  @Test
  void a_stopped_rollout_drains() {
    Rollouts rollout = begun(3, 1);
    rollout.take(
        new Input.Stop(
            rollout.now(),
            ErrorCode.MANUAL_STOP,
            RollbackWish.AS_CONFIGURED,
            Duration.ofSeconds(30),
            ""));

    Hold hold = explain(rollout).get(0);

    assertThat(hold.kind()).isEqualTo(Hold.Kind.STOPPING);
    assertThat(hold.hosts()).containsExactly(host('a'));
    assertThat(hold.until()).isEqualTo(rollout.now().plusSeconds(30));
    assertThat(hold.message()).startsWith("no further host starts, because it was stopped; 1 in");
  }

  @Test
  void what_is_over_or_not_begun_is_not_held() {
    assertThat(explain(Rollouts.of(definition(2, 1)))).isEmpty();
    assertThat(explain(begun(2, 1).succeeds("ab"))).isEmpty();
  }

  private static List<Hold> explain(Rollouts rollout) {
    return Explanation.of(rollout.state(), rollout.now());
  }
}
