package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the steps of an event without scripts. A step takes many names at once, because on a host
 * each step starts a program; and not too many, because a command line has an end.
 */
final class StepText {

  private static final int MOST_NAMES = 400;
  private static final int MOST_BYTES = 48 * 1024;

  private final PlanText text = new PlanText().line("steps");

  /** Adds a step that needs no names. */
  StepText step(String word, Object... more) {
    Object[] words = new Object[more.length + 2];
    words[0] = word;
    words[1] = 0;
    System.arraycopy(more, 0, words, 2, more.length);
    text.line(words);
    return this;
  }

  /**
   * Adds as many steps as it takes for all names.
   *
   * @param first texts that each step gets before its names
   */
  StepText each(String word, List<String> first, List<String> names, Object... more) {
    for (List<String> some : portions(names)) {
      Object[] words = new Object[more.length + 2];
      words[0] = word;
      words[1] = first.size() + some.size();
      System.arraycopy(more, 0, words, 2, more.length);
      text.line(words);
      first.forEach(text::text);
      some.forEach(text::text);
    }
    return this;
  }

  /** Returns the names in portions that a command line can carry. */
  static List<List<String>> portions(List<String> names) {
    List<List<String>> portions = new ArrayList<>();
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < names.size(); i++) {
      int size = names.get(i).getBytes(UTF_8).length + 1;
      if (i > from && (i - from == MOST_NAMES || bytes + size > MOST_BYTES)) {
        portions.add(names.subList(from, i));
        from = i;
        bytes = 0;
      }
      bytes += size;
    }
    if (from < names.size()) {
      portions.add(names.subList(from, names.size()));
    }
    return portions;
  }

  byte[] toBytes() {
    return text.toBytes();
  }
}
