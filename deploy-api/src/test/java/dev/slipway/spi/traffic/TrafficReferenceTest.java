package dev.slipway.spi.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TrafficReferenceTest {

  private static final TrafficReference WEB = TrafficReference.targetGroup("web");
  private static final TrafficReference OWN =
      new TrafficReference("mine & yours", 3, "{\"a\": \"b,c\"}\n");

  @Test
  void several_controls_are_one_reference_that_gives_them_back() {
    TrafficReference both = TrafficReference.allOf(List.of(WEB, OWN));

    assertThat(both.controls()).containsExactly(WEB, OWN);
    assertThat(both.inWords())
        .isEqualTo(
            "traffic control target-group version 1 and traffic control mine & yours version 3");
  }

  @Test
  void one_control_stays_what_it_is() {
    assertThat(TrafficReference.allOf(List.of(OWN))).isEqualTo(OWN);
    assertThat(OWN.controls()).containsExactly(OWN);
  }

  @Test
  void no_control_is_no_reference() {
    assertThatThrownBy(() -> TrafficReference.allOf(List.of()))
        .hasMessage("allOf needs at least one traffic control");
  }

  @Test
  void what_is_not_a_list_of_controls_is_named() {
    TrafficReference wrong = new TrafficReference("all", 1, "web");

    assertThatThrownBy(wrong::controls).hasMessageContaining("there was 'web'");
  }
}
