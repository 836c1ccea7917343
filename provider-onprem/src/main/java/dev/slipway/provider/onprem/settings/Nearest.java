package dev.slipway.provider.onprem.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that somebody probably meant. */
public final class Nearest {

  private Nearest() {}

  /**
   * Returns the known word of which the last part was written, or else the one with the fewest
   * edits, if they are few for its length; the earlier of two that are equally near.
   *
   * @param typed what was written
   * @param known the words that would have been right
   */
  public static Optional<String> to(String typed, List<String> known) {
    Optional<String> longer = known.stream().filter(word -> word.endsWith("." + typed)).findFirst();
    return longer.or(
        () ->
            known.stream()
                .filter(word -> edits(typed, word) <= most(typed, word))
                .min(Comparator.comparingInt(word -> edits(typed, word))));
  }

  private static int most(String typed, String word) {
    return Math.max(1, Math.min(typed.length(), word.length()) / 2);
  }

  /** Counts insertions, deletions, replacements and swaps of neighbours; case does not count. */
  private static int edits(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = cell(a, b, i, j, edits);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cell(String a, String b, int i, int j, int[][] edits) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
