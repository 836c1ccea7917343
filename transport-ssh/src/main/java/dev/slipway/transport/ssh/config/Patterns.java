package dev.slipway.transport.ssh.config;

import java.util.Arrays;
import java.util.List;

/** OpenSSH's patterns: {@code *} is any text, {@code ?} any character, {@code !} a negation. */
public final class Patterns {

  private Patterns() {}

  /**
   * Returns whether the text is matched by one of the patterns and by none that is negated.
   *
   * @param patterns the patterns; spaces around them are part of them
   */
  public static boolean matchesOneOf(List<String> patterns, String text) {
    boolean matches = false;
    for (String pattern : patterns) {
      boolean isNegated = pattern.startsWith("!");
      if (matches(isNegated ? pattern.substring(1) : pattern, text)) {
        if (isNegated) {
          return false;
        }
        matches = true;
      }
    }
    return matches;
  }

  /** Returns the patterns of a list whose separators are commas. */
  public static List<String> list(String patterns) {
    return Arrays.asList(patterns.split(",", -1));
  }

  /** Goes back to the last {@code *} when it comes to nothing: never further, so it is quick. */
  private static boolean matches(String pattern, String text) {
    int at = 0;
    int star = -1;
    int resume = 0;
    int i = 0;
    while (i < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        resume = i;
      } else if (at < pattern.length()
          && (pattern.charAt(at) == '?' || pattern.charAt(at) == text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
