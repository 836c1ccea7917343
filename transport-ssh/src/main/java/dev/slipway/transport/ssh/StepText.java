package dev.slipway.transport.ssh;

import dev.slipway.host.plan.HostChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Writes the steps of an event without scripts: a word, the number of bytes of the names that
 * follow, the number of texts that follow in their place, and more words; then texts that belong to
 * the step, then the names. The runner hands the names to programs as they are, many at a time, and
 * never looks at one; a few are texts, which a shell can read and hand on itself.
 */
final class StepText {

  private final PlanText text;

  /** Begins a plan for a host with these choices. */
  StepText(Set<HostChoice> choices) {
    text = new PlanText().line("steps" + flags(choices));
    if (choices.contains(HostChoice.KEEP_SET_ID_BITS)) {
      step(HostChoice.KEEP_SET_ID_BITS.optionName());
    }
  }

  /** Returns the words for what the runner does otherwise at every event. */
  static String flags(Set<HostChoice> choices) {
    return choices.contains(HostChoice.RESTRICT_DIRECTORIES)
        ? " " + HostChoice.RESTRICT_DIRECTORIES.optionName()
        : "";
  }

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
