package dev.slipway.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.event.RollbackWish;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which end of a deployment brings the last revision back, row by row. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RollbackRowsTest {

  private enum Outcome {
    FAILS,
    IS_STOPPED_BY_AN_ALARM,
    IS_STOPPED_ON_REQUEST,
    SUCCEEDS
  }

  private static RolloutState ended(
      Outcome outcome, Set<AutoRollbackEvent> configured, RollbackWish wish) {
    return ended(Creator.USER, outcome, configured, wish);
  }

  private static RolloutState ended(
      Creator creator, Outcome outcome, Set<AutoRollbackEvent> configured, RollbackWish wish) {
    Rollouts rollout =
        Rollouts.of(
                Rollouts.with(
                    Rollouts.with(
                        Rollouts.definition(2, 1),
                        new RollbackPolicy(configured, Rollouts.ROLLBACK_ID, Rollouts.OLD)),
                    creator))
            .begin();
    switch (outcome) {
      case FAILS -> rollout.fails("a");
      case IS_STOPPED_BY_AN_ALARM -> stop(rollout, ErrorCode.ALARM_ACTIVE, wish).fails("a");
      case IS_STOPPED_ON_REQUEST -> stop(rollout, ErrorCode.MANUAL_STOP, wish);
      case SUCCEEDS -> rollout.succeeds("ab");
    }
    return Fleets.answer(rollout).state();
  }

  private static Rollouts stop(Rollouts rollout, ErrorCode cause, RollbackWish wish) {
    rollout.reaches('a', LifecycleEvent.APPLICATION_START);
    return rollout.take(new Input.Stop(rollout.now(), cause, wish, null, ""));
  }

  private static @Nullable RollbackPlanned rollback(RolloutState ended) {
    assertThat(ended.status().isTerminal()).isTrue();
    return ended.rollback();
  }

  @ParameterizedTest
  @CsvSource({
    "FAILS,                  DEPLOYMENT_FAILURE,         true",
    "FAILS,                  DEPLOYMENT_STOP_ON_ALARM,   false",
    "FAILS,                  DEPLOYMENT_STOP_ON_REQUEST, false",
    "IS_STOPPED_BY_AN_ALARM, DEPLOYMENT_FAILURE,         false",
    "IS_STOPPED_BY_AN_ALARM, DEPLOYMENT_STOP_ON_ALARM,   true",
    "IS_STOPPED_BY_AN_ALARM, DEPLOYMENT_STOP_ON_REQUEST, false",
    "IS_STOPPED_ON_REQUEST,  DEPLOYMENT_FAILURE,         false",
    "IS_STOPPED_ON_REQUEST,  DEPLOYMENT_STOP_ON_ALARM,   false",
    "IS_STOPPED_ON_REQUEST,  DEPLOYMENT_STOP_ON_REQUEST, true",
    "SUCCEEDS,               DEPLOYMENT_FAILURE,         false"
  })
  void an_event_fires_for_its_own_outcome_only(
      Outcome outcome, AutoRollbackEvent configured, boolean isRolledBack) {
    RolloutState ended = ended(outcome, Set.of(configured), RollbackWish.AS_CONFIGURED);

    assertThat(rollback(ended) != null).isEqualTo(isRolledBack);
  }

  @ParameterizedTest
  @CsvSource({
    "ALWAYS,        true,  true",
    "ALWAYS,        false, true",
    "NEVER,         true,  false",
    "NEVER,         false, false",
    "AS_CONFIGURED, true,  true",
    "AS_CONFIGURED, false, false"
  })
  void whoever_stops_it_says_whether_that_counts(
      RollbackWish wish, boolean isConfigured, boolean isRolledBack) {
    Set<AutoRollbackEvent> configured =
        isConfigured ? Set.of(AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST) : Set.of();

    RolloutState ended = ended(Outcome.IS_STOPPED_ON_REQUEST, configured, wish);

    assertThat(ended.status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(rollback(ended) != null).isEqualTo(isRolledBack);
  }

  @ParameterizedTest
  @EnumSource(names = "SUCCEEDS", mode = EnumSource.Mode.EXCLUDE)
  void a_rollback_is_never_rolled_back(Outcome outcome) {
    RolloutState ended =
        ended(
            Creator.ROLLBACK,
            outcome,
            Set.of(AutoRollbackEvent.values()),
            RollbackWish.AS_CONFIGURED);

    assertThat(rollback(ended)).isNull();
  }

  @Test
  void without_a_revision_that_worked_the_reason_is_told() {
    Rollouts rollout =
        Rollouts.of(
                Rollouts.with(
                    Rollouts.definition(2, 1),
                    new RollbackPolicy(
                        Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE), Rollouts.ROLLBACK_ID, null)))
            .begin()
            .fails("a");

    assertThat(rollout.last().events())
        .contains(
            new RollbackSkipped("no revision has been deployed to the group with success before"));
  }
}
