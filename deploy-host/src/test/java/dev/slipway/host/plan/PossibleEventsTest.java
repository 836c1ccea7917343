package dev.slipway.host.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.OperatingSystem;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PossibleEventsTest {

  private static ThrowingCallable checking(List<String> possible) {
    AppSpec appSpec =
        new AppSpec(
            OperatingSystem.LINUX,
            List.of(),
            Map.of("AfterInstall", List.of(), "Warm", List.of(), "OnFailure", List.of()),
            List.of(),
            null);
    return () -> PossibleEvents.check(possible, appSpec, "appspec.yml");
  }

  @Test
  void are_not_looked_at_when_nobody_states_them() {
    assertThatCode(checking(List.of())).doesNotThrowAnyException();
  }

  @Test
  void are_those_of_codedeploy_and_those_that_the_appspec_has() {
    assertThatCode(checking(List.of("Install", "Warm"))).doesNotThrowAnyException();
  }

  @Test
  void are_missed_on_either_side() {
    assertThatExceptionOfType(InstallRefusedException.class)
        .isThrownBy(checking(List.of("Install")))
        .withMessage("appspec.yml file contains unknown lifecycle events: [\"Warm\"]");
    assertThatExceptionOfType(InstallRefusedException.class)
        .isThrownBy(checking(List.of("Warm", "Cool")))
        .withMessage(
            "You specified a lifecycle event which is not a default one and doesn't exist in your"
                + " appspec.yml file: Cool");
  }
}
