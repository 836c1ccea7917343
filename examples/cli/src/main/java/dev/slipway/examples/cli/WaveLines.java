package dev.slipway.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

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
    return of(waves, inWords, started -> List.of());
  }

  /**
   * Returns a line for each wave, and what is to be so behind it.
   *
   * @param inWords says who is in a wave
   * @param behind what is to be so when so many hosts have been started, in all
   */
  static <T> List<String> of(
      List<List<T>> waves, Function<List<T>, String> inWords, IntFunction<List<String>> behind) {
    List<String> lines = new ArrayList<>(behind.apply(0));
    int started = 0;
    for (int i = 0; i < waves.size(); i++) {
      started += waves.get(i).size();
      if (i < MOST - 1 || i == waves.size() - 1) {
        List<T> wave = waves.get(i);
        lines.add("  wave " + (i + 1) + " (" + wave.size() + "): " + inWords.apply(wave));
        lines.addAll(behind.apply(started));
      } else if (i == MOST - 1) {
        lines.add("  and " + (waves.size() - MOST) + " more waves, then");
      }
    }
    return lines;
  }
}
