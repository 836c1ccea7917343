package dev.slipway.host.appspec;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody may have meant. */
final class Spelling {

  /** Words beyond this length are no misspelt key. */
  private static final int LONGEST = 40;

  private Spelling() {}

  /** Returns the known word nearest to the one given, if one is near. */
  static Optional<String> nearest(String word, Collection<String> known) {
    String best = null;
    int least = Math.min(3, 1 + word.length() / 4);
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    for (String candidate : known) {
      int distance = distance(simple(word), simple(candidate));
      if (distance <= least && (best == null || distance < least)) {
        best = candidate;
        least = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Returns the end of a sentence that names the nearest word, or an empty text. */
  static String didYouMean(String word, Collection<String> known) {
    return nearest(word, known).map(found -> " Did you mean " + found + "?").orElse("");
  }

  private static String simple(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Counts the letters to add, drop, replace or swap with their neighbour. */
  private static int distance(String from, String to) {
    int[][] table = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        table[i][j] = i == 0 ? j : j == 0 ? i : step(table, from, to, i, j);
      }
    }
    return table[from.length()][to.length()];
  }

  private static int step(int[][] table, String from, String to, int i, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int best = table[i - 1][j - 1] + (same ? 0 : 1);
    best = Math.min(best, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
  }
}
