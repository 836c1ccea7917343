package dev.slipway.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DrivingFailuresTest {

  private static final DeploymentId ID = new DeploymentId("d-AAAAAAAAA");

  private final DrivingFailures failures = new DrivingFailures();

  @Test
  void pauses_grow_from_a_second_to_a_minute() {
    assertThat(IntStream.range(0, 9).mapToObj(i -> pause(Reason.UNAVAILABLE).toSeconds()))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void pauses_begin_anew_after_a_success() {
    pause(Reason.UNAVAILABLE);
    pause(Reason.UNAVAILABLE);

    failures.clear();

    assertThat(pause(Reason.UNAVAILABLE)).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"TOO_NEW", "CORRUPT"})
  void what_does_not_pass_by_itself_is_tried_once_a_minute(Reason reason) {
    assertThat(pause(reason)).isEqualTo(Duration.ofMinutes(1));
    assertThat(pause(reason)).isEqualTo(Duration.ofMinutes(1));
  }

  private Duration pause(Reason reason) {
    return failures.pauseAfter(ID, new StoreException(reason, "no"));
  }
}
