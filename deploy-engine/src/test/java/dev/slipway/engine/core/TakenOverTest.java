package dev.slipway.engine.core;

import static dev.slipway.engine.core.GuardsTest.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.CheckKind;
import dev.slipway.event.CheckVerdict;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.rollout.Hold;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** That nobody was there to hear an answer is no answer. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TakenOverTest {

  private static final GateReference METRICS =
      GateReference.named("metrics").within(Duration.ofMinutes(2));

  private static Rollouts begun(Guards guards) {
    return Rollouts.of(Rollouts.definition(4, 3).with(guards)).begin();
  }

  @Test
  void alarms_that_nobody_could_read_are_read_again_before_they_count() {
    Rollouts rollout =
        begun(Guards.NONE.with(AlarmWatch.of("cloudwatch", "errors")))
            .takenOverAfter(Duration.ofHours(1));

    assertThat(rollout.state().ending().isDraining()).isFalse();
    assertThat(rollout.last().effects()).hasAtLeastOneElementOfType(Effect.Ask.class);
    answers(rollout, CheckKind.ALARMS, "cloudwatch", CheckVerdict.PASSED, "");
    assertThat(rollout.state().counts().inFlight()).isEqualTo(3);
  }

  @Test
  void alarms_that_stay_silent_count_as_unreadable_then() {
    Rollouts rollout =
        begun(Guards.NONE.with(AlarmWatch.of("cloudwatch", "errors")))
            .takenOverAfter(Duration.ofHours(1));

    rollout.after(Duration.ofMinutes(5));

    assertThat(rollout.state().ending().isDraining()).isTrue();
  }

  @Test
  void a_gate_of_the_fleet_has_time_to_answer_the_next_owner() {
    Guards guards = Guards.NONE.with(Checkpoint.after(WaveSize.count(1)).gate(METRICS));
    Rollouts open = begun(guards).succeeds("a").takenOverAfter(Duration.ofHours(1));
    Rollouts told = begun(guards).succeeds("a");
    answers(told, CheckKind.FLEET_GATE, "metrics", CheckVerdict.NOT_YET, "no data");
    told.takenOverAfter(Duration.ofHours(1));

    for (Rollouts rollout : new Rollouts[] {open, told}) {
      assertThat(rollout.state().ending().isDraining()).isFalse();
      answers(rollout, CheckKind.FLEET_GATE, "metrics", CheckVerdict.PASSED, "");
      assertThat(rollout.state().counts().inFlight()).isEqualTo(3);
    }
  }

  @Test
  void a_gate_of_a_host_has_time_to_answer_the_next_owner() {
    Rollouts rollout =
        begun(Guards.NONE.withHostGate(METRICS))
            .reaches('a', LifecycleEvent.VALIDATE_SERVICE)
            .ends('a', Diagnostics.SUCCEEDED)
            .takenOverAfter(Duration.ofMinutes(3));

    answers(rollout, CheckKind.HOST_GATE, "metrics", CheckVerdict.PASSED, "");

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.SUCCEEDED);
  }

  @Test
  void nothing_is_asked_anew_that_has_passed_or_of_which_it_is_over() {
    Rollouts running = Rollouts.begun(2, 1).takenOverAfter(Duration.ofSeconds(1));
    Rollouts over = Rollouts.begun(2, 1).succeeds("ab").takenOverAfter(Duration.ofSeconds(1));

    assertThat(running.last().events()).isEmpty();
    assertThat(over.last().events()).isEmpty();
  }

  @Test
  void a_host_whose_gate_is_not_known_is_named() {
    Rollouts rollout =
        begun(Guards.NONE.withHostGate(METRICS))
            .reaches('b', LifecycleEvent.VALIDATE_SERVICE)
            .ends('b', Diagnostics.SUCCEEDED);

    answers(rollout, CheckKind.HOST_GATE, "metrics", CheckVerdict.MISSING, "");

    assertThat(Explanation.of(rollout.state(), rollout.now()))
        .filteredOn(hold -> hold.kind() == Hold.Kind.GATE)
        .singleElement()
        .satisfies(
            hold -> {
              assertThat(hold.hosts()).containsExactly(Rollouts.host('b'));
              assertThat(hold.message()).contains("gate 'metrics'", "is not known");
            });
  }
}
