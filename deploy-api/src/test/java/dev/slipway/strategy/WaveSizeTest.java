package dev.slipway.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RequestException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WaveSizeTest {

  @ParameterizedTest(name = "{0} of {1} hosts reaches {2}")
  @CsvSource({
    "1, 10, 1",
    "20, 10, 10",
    "5%, 10, 1",
    "5%, 100, 5",
    "5%, 101, 6",
    "100%, 7, 7",
    "rest, 7, 7",
    "' 25 % ', 8, 2",
  })
  void a_wave_reaches_so_far(String text, int fleet, int reach) {
    assertThat(WaveSize.parse(text).reachOf(fleet)).isEqualTo(reach);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0%", "101%", "-1", "1.5%", "all", "Rest", "99999999999"})
  void any_other_text_is_refused(String text) {
    assertThatThrownBy(() -> WaveSize.parse(text))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("a wave is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "5%", "rest"})
  void a_size_is_written_as_it_is_read(String text) {
    assertThat(WaveSize.parse(text)).hasToString(text);
  }

  @Test
  void waves_must_grow() {
    assertThat(Strategies.parseWaves(List.of("1", "5%", "25%", "rest"))).isNotNull();
    assertThatThrownBy(() -> Strategies.parseWaves(List.of("25%", "5%")))
        .hasMessageContaining("5% cannot follow 25%");
    assertThatThrownBy(() -> Strategies.parseWaves(List.of("rest", "5%")))
        .hasMessageContaining("nothing can follow rest");
    assertThatThrownBy(() -> Strategies.waves()).hasMessageContaining("at least one wave");
  }
}
