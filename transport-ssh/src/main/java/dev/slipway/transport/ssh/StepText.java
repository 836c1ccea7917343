package dev.slipway.transport.ssh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the steps of an event without scripts: a word, the number of bytes of the names that
 * follow, the number of texts that follow in their place, and more words; then texts that belong to
 * the step, then the names. The runner hands the names to programs as they are, many at a time, and
 * never looks at one; a few are texts, which a shell can read and hand on itself.
 */
final class StepText {

  private final PlanText text = new PlanText().line("steps");

  /** Adds a step that needs no names. */
  StepText step(String word, Object... more) {
    text.line(line(word, 0, 0, more));
    return this;
  }

  /**
   * Adds a step for names, or nothing when there are none.
   *
   * @param first texts that the step needs before its names
   */
  StepText each(String word, List<String> first, List<String> names, Object... more) {
    if (names.isEmpty()) {
      return this;
    }
    if (PlanText.areFew(names)) {
      text.line(line(word, 0, names.size(), more));
      text.texts(first).texts(names);
    } else {
      byte[] bytes = PlanText.names(names);
      text.line(line(word, bytes.length, 0, more));
      text.texts(first).bytes(bytes);
    }
    return this;
  }

  private static Object[] line(String word, int bytes, int texts, Object... more) {
    List<Object> words = new ArrayList<>(List.of(word, bytes, texts));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  byte[] toBytes() {
    return text.toBytes();
  }
}
