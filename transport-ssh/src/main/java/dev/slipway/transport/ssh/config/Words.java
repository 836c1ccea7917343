package dev.slipway.transport.ssh.config;

import java.util.ArrayList;
import java.util.List;

/** The words of a line: blanks part them, quotes keep them together, {@code #} begins a comment. */
final class Words {

  private Words() {}

  /**
   * Returns the words.
   *
   * @throws IllegalArgumentException if a quote is not closed
   */
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < text.length() && isBlank(text.charAt(at))) {
        at++;
      }
      if (at == text.length() || text.charAt(at) == '#') {
        return words;
      }
      StringBuilder word = new StringBuilder();
      at = word(text, at, word);
      words.add(word.toString());
    }
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static int word(String text, int from, StringBuilder word) {
    char quote = 0;
    int at = from;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length() && isEscaped(text.charAt(at + 1), quote)) {
        word.append(text.charAt(++at));
      } else if (quote == 0 && isBlank(c)) {
        break;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote (" + quote + ") is not closed");
    }
    return at;
  }

  private static boolean isEscaped(char c, char quote) {
    return c == '\'' || c == '"' || c == '\\' || (quote == 0 && c == ' ');
  }
}
