package dev.slipway.engine.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FencingsTest {

  private static final DeploymentId ID = new DeploymentId("d-ABCDEF123");

  private final Fencings fencings = new Fencings();

  @Test
  void pauses_grow_from_a_second_to_a_minute_while_somebody_else_drives_too() {
    Duration pause = fencings.pauseAfter(ID, 1);
    assertThat(pause).isEqualTo(Duration.ofSeconds(1));

    for (int epoch = 3; epoch < 20; epoch += 2) {
      fencings.wentOn(ID, epoch);
      Duration next = fencings.pauseAfter(ID, epoch);
      assertThat(next).isGreaterThanOrEqualTo(pause).isLessThanOrEqualTo(Duration.ofMinutes(1));
      pause = next;
    }

    assertThat(pause).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void pauses_begin_anew_once_the_rollout_went_on_without_another_owner_in_between() {
    fencings.pauseAfter(ID, 1);
    assertThat(fencings.pauseAfter(ID, 2)).isEqualTo(Duration.ofSeconds(2));

    fencings.wentOn(ID, 3);

    assertThat(fencings.pauseAfter(ID, 3)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_rollout_that_is_over_leaves_nothing_behind() {
    fencings.pauseAfter(ID, 1);

    fencings.forget(ID);

    assertThat(fencings.pauseAfter(ID, 2)).isEqualTo(Duration.ofSeconds(1));
  }
}
