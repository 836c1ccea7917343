package dev.slipway.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.event.CheckVerdict;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.GateReference;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.alarm.AlarmSource;
import dev.slipway.spi.alarm.AlarmState;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.gate.GateQuestion;
import dev.slipway.spi.gate.HealthGate;
import dev.slipway.spi.telemetry.Telemetry;
import dev.slipway.testkit.VirtualTimers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Gates and sources of alarms that answer oddly. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GuardedChecksTest {

  private static final CallPolicy ONCE = CallPolicy.CHECKS.withAttempts(1).withTimeLimit(null);

  private static GuardedChecks.Answer ask(HealthGate gate) {
    return checks(CheckRegistry.NONE.withGate("odd", 1, parameters -> gate))
        .ask(
            GateReference.named("odd"),
            new GateQuestion(
                new DeploymentId("d-ABCDEFGHI"),
                "web",
                "prod",
                new RevisionId("a".repeat(64)),
                null,
                List.of()));
  }

  private static GuardedChecks.Answer read(AlarmSource source) {
    return checks(CheckRegistry.NONE.withAlarms("odd", 1, parameters -> source))
        .read(AlarmWatch.of("odd", "errors", "latency"));
  }

  private static GuardedChecks checks(CheckRegistry registry) {
    return new GuardedChecks(
        registry,
        ONCE,
        new VirtualTimers(),
        Executors.newCachedThreadPool(),
        Telemetry.NONE,
        kind -> Runnable::run);
  }

  @Test
  void a_gate_that_answers_with_null_has_not_answered_yet() {
    assertThat(ask(question -> null).verdict()).isEqualTo(CheckVerdict.NOT_YET);
  }

  @Test
  void a_gate_that_refuses_without_a_word_has_refused() {
    GuardedChecks.Answer answer =
        ask(question -> GateAnswer.refused(new IllegalStateException().getMessage()));

    assertThat(answer.verdict()).isEqualTo(CheckVerdict.REFUSED);
    assertThat(answer.message()).isEmpty();
  }

  @Test
  void an_alarm_without_a_state_cannot_be_read() {
    Map<String, AlarmState> states = new HashMap<>();
    states.put("errors", AlarmState.OK);
    states.put("latency", null);

    GuardedChecks.Answer answer = read(names -> states);

    assertThat(answer.verdict()).isEqualTo(CheckVerdict.UNREADABLE);
    assertThat(answer.message()).isEqualTo("nothing is said of latency");
  }

  @Test
  void alarms_that_fail_without_a_word_say_how() {
    GuardedChecks.Answer answer =
        read(
            names -> {
              throw new IllegalStateException();
            });

    assertThat(answer.message()).contains("IllegalStateException");
  }
}
