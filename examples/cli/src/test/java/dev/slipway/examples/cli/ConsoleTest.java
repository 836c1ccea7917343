package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsoleTest {

  @Test
  void what_the_script_says_of_the_terminal_counts() {
    Console terminal = console(Map.of("SLIPWAY_TERMINAL", "50 132"));

    assertThat(terminal.isTerminal()).isTrue();
    assertThat(terminal.isColoured()).isTrue();
    assertThat(terminal.height()).isEqualTo(50);
    assertThat(terminal.width()).isEqualTo(132);
  }

  @Test
  void a_pipe_is_no_terminal() {
    assertThat(console(Map.of()).isTerminal()).isFalse();
    assertThat(console(Map.of()).isColoured()).isFalse();
  }

  @Test
  void no_color_is_honoured_and_a_dumb_terminal_is_not_drawn_on() {
    Console plain = console(Map.of("SLIPWAY_TERMINAL", "24 80", "NO_COLOR", "1"));
    Console dumb = console(Map.of("SLIPWAY_TERMINAL", "24 80", "TERM", "dumb"));

    assertThat(plain.isTerminal()).isTrue();
    assertThat(plain.isColoured()).isFalse();
    assertThat(dumb.isTerminal()).isFalse();
  }

  @Test
  void an_odd_size_becomes_a_usable_one() {
    assertThat(console(Map.of("SLIPWAY_TERMINAL", "0 0")).width()).isEqualTo(40);
    assertThat(console(Map.of("SLIPWAY_TERMINAL", "wide")).width()).isEqualTo(80);
    assertThat(console(Map.of("SLIPWAY_TERMINAL", "0 0")).height()).isEqualTo(8);
  }

  @Test
  void of_very_many_waves_the_first_and_the_last_are_told() {
    List<List<Integer>> waves = IntStream.rangeClosed(1, 100).mapToObj(List::of).toList();

    List<String> lines = WaveLines.of(waves, wave -> "host " + wave.get(0));

    assertThat(lines).hasSize(21).startsWith("  wave 1 (1): host 1");
    assertThat(lines.get(19)).isEqualTo("  and 80 more waves, then");
    assertThat(lines.get(20)).isEqualTo("  wave 100 (1): host 100");
  }

  private static Console console(Map<String, String> environment) {
    StringWriter out = new StringWriter();
    return new Console(new PrintWriter(out), new PrintWriter(out), environment);
  }
}
