package dev.slipway.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Waves in lines of text; of very many only the first and the last. */
final class WaveLines {

  private static final int MOST = 20;

  private WaveLines() {}

  /**
   * Returns a line for each wave.
   *
   * @param inWords says who is in a wave
   */
  static <T> List<String> of(List<List<T>> waves, Function<List<T>, String> inWords) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < waves.size(); i++) {
      if (i < MOST - 1 || i == waves.size() - 1) {
        List<T> wave = waves.get(i);
        lines.add("  wave " + (i + 1) + " (" + wave.size() + "): " + inWords.apply(wave));
      } else if (i == MOST - 1) {
        lines.add("  and " + (waves.size() - MOST) + " more waves, then");
      }
    }
    return lines;
  }
}
