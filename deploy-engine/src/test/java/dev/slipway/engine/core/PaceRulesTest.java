package dev.slipway.engine.core;

import static dev.slipway.engine.core.Rollouts.begun;
import static dev.slipway.engine.core.Rollouts.definition;
import static dev.slipway.engine.core.Rollouts.host;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.Batching;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.ZoneMonitored;
import dev.slipway.rollout.Hold;
import dev.slipway.spi.transport.UnreachableReason;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyDecision;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Which hosts start when, and how a rollout ends. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PaceRulesTest {

  @Test
  void without_its_strategy_running_hosts_go_on_and_no_other_starts() {
    Rollouts rollout = begun(3, 1).without("mine", 3);

    rollout.succeeds("a");

    assertThat(rollout.waves()).isEqualTo("a");
    assertThat(rollout.last().events()).hasAtLeastOneElementOfType(RolloutHeld.class);
    assertThat(Explanation.of(rollout.state(), rollout.now()))
        .extracting(Hold::message)
        .containsExactly(
            "the strategy waits: it is not known to the process that drives the rollout; register"
                + " strategy mine version 3 there, and the rollout goes on");
    assertThat(rollout.after(Duration.ofMinutes(1)).last().events()).isEmpty();
    assertThat(
            rollout
                .using(Strategies.asManyAsMay())
                .after(Duration.ofMinutes(1))
                .succeeds("bc")
                .state()
                .status())
        .isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_wave_starts_when_the_one_before_has_ended() {
    Rollouts rollout = begun(5, 2).succeeds("a");

    assertThat(rollout.waves()).isEqualTo("ab");
    assertThat(rollout.succeeds("b").waves()).isEqualTo("ab cd");
  }

  @Test
  void a_window_fills_each_slot_as_it_becomes_free() {
    Rollouts rollout =
        Rollouts.of(Rollouts.with(definition(5, 2), Batching.WINDOW)).begin().succeeds("a");

    assertThat(rollout.waves()).isEqualTo("ab c");
  }

  @Test
  void a_failed_host_takes_its_slot_for_good() {
    Rollouts rollout = begun(5, 2).fails("a").succeeds("b");

    assertThat(rollout.waves()).isEqualTo("ab c");
  }

  @Test
  void a_spent_budget_ends_the_rollout_with_the_numbers_and_the_first_failure() {
    Rollouts rollout = begun(9, 2).fails("ba");

    assertThat(ended(rollout).status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(error(rollout))
        .isEqualTo(
            new ErrorInformation(
                ErrorCode.HEALTH_CONSTRAINTS,
                "2 of 9 hosts failed, 0 succeeded; at least 7 must stay healthy, so at most 2 may"
                    + " fail; 7 were not started. First failure: b, ApplicationStart: ScriptFailed"
                    + " scripts/start.sh, exit code 1"));
    assertThat(ended(rollout).overview().skipped()).isEqualTo(7);
    assertThat(rollout.last().wakeAt()).isNull();
  }

  @Test
  void a_rollout_over_hosts_that_do_not_exist_has_no_instances() {
    assertThat(codeOf(begun(0, 0))).isEqualTo(ErrorCode.NO_INSTANCES);
  }

  @Test
  void a_floor_that_leaves_no_room_is_refused_with_the_numbers() {
    Rollouts rollout = begun(3, 0);

    assertThat(error(rollout))
        .isEqualTo(
            new ErrorInformation(
                ErrorCode.HEALTH_CONSTRAINTS_INVALID,
                "of 3 hosts 3 must stay healthy (3 hosts), so none may be off; lower the floor or"
                    + " add hosts"));
  }

  @Test
  void a_quota_is_kept() {
    Rollouts rollout =
        Rollouts.of(Rollouts.with(definition(3, 3), RolloutLimits.NONE.withMaxHosts(2))).begin();

    assertThat(codeOf(rollout)).isEqualTo(ErrorCode.OVER_MAX_INSTANCES);
  }

  @Test
  void more_failures_than_wanted_start_no_more_hosts_but_complete_those_in_flight() {
    Rollouts rollout =
        Rollouts.of(Rollouts.with(definition(5, 3), RolloutLimits.NONE.withMaxFailures(0)))
            .begin()
            .fails("a");

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    rollout.succeeds("bc");
    assertThat(codeOf(rollout)).isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    assertThat(rollout.state().counts().succeeded()).isEqualTo(2);
    assertThat(error(rollout).message()).startsWith("more than maxFailures 0; 1 of 5 hosts failed");
  }

  @Test
  void more_unreachable_hosts_than_wanted_start_no_more_hosts() {
    Rollouts rollout =
        Rollouts.of(Rollouts.with(definition(5, 2), RolloutLimits.NONE.withMaxUnreachable(0)))
            .begin()
            .succeeds("b");
    RunningEvent running = rollout.running('a');

    rollout.take(
        new Input.Unreachable(
            rollout.now(),
            host('a'),
            running.event(),
            running.attempt(),
            UnreachableReason.REFUSED,
            "nothing listens at a:22"));

    assertThat(error(rollout).message())
        .startsWith("more than maxUnreachable 0")
        .contains("1 of the failed could not be reached")
        .contains("First failure: a, ApplicationStop: REFUSED, nothing listens at a:22");
  }

  @Test
  void no_more_hosts_run_beside_each_other_than_wanted() {
    Rollouts rollout =
        Rollouts.of(Rollouts.with(definition(5, 5), RolloutLimits.NONE.withMaxParallel(2)))
            .begin()
            .succeeds("ab");

    assertThat(rollout.waves()).isEqualTo("ab cd");
  }

  @Test
  void a_zone_is_watched_before_the_next_one_begins() {
    Rollouts rollout =
        Rollouts.of(Rollouts.zonal(2, Duration.ofMinutes(10))).begin().succeeds("ab");

    assertThat(rollout.last().events())
        .endsWith(new ZoneMonitored("zone-a", rollout.now().plus(Duration.ofMinutes(10))));
    assertThat(rollout.last().wakeAt()).isEqualTo(rollout.now().plus(Duration.ofMinutes(10)));
    assertThat(rollout.after(Duration.ofMinutes(9)).waves()).isEqualTo("ab");
    assertThat(rollout.after(Duration.ofMinutes(1)).waves()).isEqualTo("ab cd");
  }

  @Test
  void nothing_is_watched_after_the_last_zone() {
    Rollouts rollout =
        Rollouts.of(Rollouts.zonal(1, Duration.ofMinutes(10)))
            .begin()
            .succeeds("a")
            .after(Duration.ofMinutes(10))
            .succeeds("b");

    assertThat(ended(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_rollback_knows_no_zones() {
    Rollouts rollout =
        Rollouts.of(Rollouts.with(Rollouts.zonal(2, Duration.ofMinutes(10)), Creator.ROLLBACK))
            .begin();

    assertThat(rollout.waves()).isEqualTo("abcd");
  }

  @Test
  void after_twelve_hours_no_event_starts_and_the_rollout_fails_with_timeout() {
    Rollouts rollout = begun(3, 1);
    for (char host : new char[] {'a', 'b'}) {
      for (int hour = 0; hour < 6; hour++) {
        rollout.after(Duration.ofMinutes(4)).acknowledges(host).after(Duration.ofMinutes(56));
        rollout.ends(host, Diagnostics.SUCCEEDED);
      }
      if (host == 'a') {
        rollout.ends(host, Diagnostics.SUCCEEDED);
      }
    }

    assertThat(codeOf(rollout)).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(error(rollout).message()).contains("PT12H");
    assertThat(rollout.waves()).isEqualTo("a b");
  }

  @Test
  void waves_of_a_strategy_are_counted_in_all_and_split_by_the_floor() {
    Rollouts rollout =
        Rollouts.of(definition(10, 3))
            .using(Strategies.parseWaves(List.of("1", "20%", "70%")))
            .begin()
            .succeeds("abcdefghij".substring(0, 1));

    rollout.succeeds("b").succeeds("cde").succeeds("fg").succeeds("hij");

    assertThat(rollout.waves()).isEqualTo("a b cde fg hij");
    assertThat(ended(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_strategy_may_choose_any_pending_host() {
    Rollouts rollout =
        Rollouts.of(definition(3, 3))
            .using(
                fleet ->
                    fleet.started() == 0
                        ? new StrategyDecision.Start(List.of(host('c')))
                        : new StrategyDecision.Start(fleet.nextPending(2)))
            .begin()
            .succeeds("c");

    assertThat(rollout.waves()).isEqualTo("c ab");
  }

  @Test
  void a_strategy_that_holds_is_asked_again_in_time() {
    Rollouts rollout =
        Rollouts.of(definition(1, 1))
            .using(
                fleet ->
                    fleet.now().isBefore(Rollouts.START.plusSeconds(60))
                        ? new StrategyDecision.Hold("lunch", Rollouts.START.plusSeconds(60))
                        : new StrategyDecision.Start(fleet.nextPending(1)))
            .begin();

    assertThat(rollout.last().wakeAt()).isEqualTo(Rollouts.START.plusSeconds(60));
    assertThat(rollout.after(Duration.ofSeconds(30)).last().events()).isEmpty();
    assertThat(rollout.after(Duration.ofSeconds(30)).waves()).isEqualTo("a");
  }

  @Test
  void a_strategy_that_finishes_early_fails_the_rollout() {
    Rollouts rollout =
        Rollouts.of(definition(3, 2))
            .using(
                fleet ->
                    fleet.started() == 0
                        ? new StrategyDecision.Start(fleet.nextPending(1))
                        : new StrategyDecision.Finish("enough"))
            .begin()
            .succeeds("a");

    assertThat(error(rollout).code()).isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    assertThat(error(rollout).message()).startsWith("strategy 'mine' starts no more hosts: enough");
  }

  @Test
  void a_strategy_that_asks_for_more_than_may_be_gets_what_may_be() {
    Rollouts rollout =
        Rollouts.of(definition(5, 2))
            .using(fleet -> new StrategyDecision.Start(fleet.nextPending(5)))
            .begin();

    assertThat(rollout.waves()).isEqualTo("ab");
  }

  @Test
  void the_faults_of_a_strategy_end_the_rollout_with_its_name() {
    assertThat(faultOf(fleet -> new StrategyDecision.Start(List.of(host('z')))))
        .isEqualTo("strategy 'mine' wants to start host z, which is not in the rollout");
    assertThat(faultOf(fleet -> new StrategyDecision.Start(List.of(host('a'), host('a')))))
        .isEqualTo("strategy 'mine' wants to start host a twice");
    assertThat(faultOf(fleet -> new StrategyDecision.Start(List.of())))
        .contains("strategy 'mine' holds with no host in flight and nothing to wait for")
        .contains("named no host");
    assertThat(faultOf(fleet -> new StrategyDecision.Hold("tired")))
        .contains("nothing to wait for: tired");
    assertThat(faultOf(fleet -> new StrategyDecision.Hold("past", fleet.now())))
        .contains("nothing to wait for: past");
    assertThat(
            faultOf(
                fleet -> {
                  throw new IllegalStateException("oops");
                }))
        .isEqualTo("strategy 'mine' failed: java.lang.IllegalStateException: oops");
    assertThat(
            faultOf(
                fleet -> {
                  throw new NoClassDefFoundError("acme/Gate");
                }))
        .isEqualTo("strategy 'mine' failed: java.lang.NoClassDefFoundError: acme/Gate");
  }

  @Test
  void a_strategy_cannot_start_a_host_twice_over_time() {
    Rollouts rollout =
        Rollouts.of(definition(3, 2))
            .using(fleet -> new StrategyDecision.Start(List.of(host('a'))))
            .begin()
            .succeeds("a");

    assertThat(error(rollout).message())
        .isEqualTo("strategy 'mine' wants to start host a, which is SUCCEEDED");
  }

  @Test
  void a_strategy_cannot_skip_a_zone() {
    Rollouts rollout =
        Rollouts.of(Rollouts.zonal(1, Duration.ZERO))
            .using(fleet -> new StrategyDecision.Start(List.of(host('b'))))
            .begin();

    assertThat(error(rollout).code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    assertThat(error(rollout).message()).contains("only hosts outside of zone 'zone-a'");
  }

  @Test
  void hosts_in_flight_are_completed_when_a_strategy_breaks() {
    Rollouts rollout =
        Rollouts.of(Rollouts.with(definition(3, 2), Batching.WINDOW))
            .using(
                fleet -> {
                  if (fleet.started() == 0) {
                    return new StrategyDecision.Start(fleet.nextPending(1));
                  }
                  throw new IllegalStateException("oops");
                })
            .begin();

    assertThat(rollout.state().status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    assertThat(codeOf(rollout.succeeds("a"))).isEqualTo(ErrorCode.INTERNAL_ERROR);
    assertThat(rollout.state().counts().succeeded()).isEqualTo(1);
  }

  private static String faultOf(Strategy strategy) {
    Rollouts rollout = Rollouts.of(definition(3, 2)).using(strategy).begin();
    assertThat(codeOf(rollout)).isEqualTo(ErrorCode.INTERNAL_ERROR);
    return error(rollout).message();
  }

  private static RolloutEnded ended(Rollouts rollout) {
    RolloutEnded ended = rollout.state().ended();
    if (ended == null) {
      throw new AssertionError("it has not ended");
    }
    return ended;
  }

  private static ErrorInformation error(Rollouts rollout) {
    ErrorInformation error = ended(rollout).error();
    if (error == null) {
      throw new AssertionError("it has not failed");
    }
    return error;
  }

  private static @Nullable ErrorCode codeOf(Rollouts rollout) {
    return error(rollout).code();
  }
}
