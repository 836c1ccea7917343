package dev.slipway.transport.ssh;

import java.util.List;

/**
 * Writes the steps of an event without scripts: a word, the number of bytes of the names that
 * follow, and more words; then texts, then the names. The runner hands the names to programs as
 * they are, many at a time, and never looks at one.
 */
final class StepText {

  private final PlanText text = new PlanText().line("steps");

  /** Adds a step that needs no names. */
  StepText step(String word, Object... more) {
    text.line(line(word, 0, more));
    return this;
  }

  /**
   * Adds a step for names, or nothing when there are none.
   *
   * @param first texts that the step needs before its names
   */
  StepText each(String word, List<String> first, List<String> names, Object... more) {
    if (!names.isEmpty()) {
      byte[] bytes = PlanText.names(names);
      text.line(line(word, bytes.length, more));
      first.forEach(text::text);
      text.bytes(bytes);
    }
    return this;
  }

  private static Object[] line(String word, int bytes, Object... more) {
    Object[] words = new Object[more.length + 2];
    words[0] = word;
    words[1] = bytes;
    System.arraycopy(more, 0, words, 2, more.length);
    return words;
  }

  byte[] toBytes() {
    return text.toBytes();
  }
}
