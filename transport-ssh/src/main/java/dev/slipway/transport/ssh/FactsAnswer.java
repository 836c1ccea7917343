package dev.slipway.transport.ssh;

import dev.slipway.host.plan.HostFacts;
import dev.slipway.host.plan.HostQuestions;
import dev.slipway.host.plan.PathState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a host answered to questions.
 *
 * @param facts the answers
 * @param tree the revision's tree as the runner lists it; null when it is as it was unpacked
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, compared by nobody
record FactsAnswer(HostFacts facts, byte @Nullable [] tree) {

  /**
   * Reads the answers.
   *
   * @param states one letter for each path
   * @param numbers one number for each directory, with a blank before it
   */
  static HostFacts facts(HostQuestions questions, String states, String numbers)
      throws IOException {
    List<String> counts =
        numbers.isBlank() ? List.of() : Arrays.asList(numbers.strip().split(" ", -1));
    List<String> paths = new ArrayList<>(questions.states());
    List<String> directories = new ArrayList<>(questions.entryCounts());
    if (states.length() != paths.size() || counts.size() != directories.size()) {
      throw new IOException(
          "the host was asked about %d paths and %d directories, but answered %d and %d"
              .formatted(paths.size(), directories.size(), states.length(), counts.size()));
    }
    Map<String, PathState> found = new HashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      found.put(paths.get(i), state(states.charAt(i)));
    }
    Map<String, Integer> entries = new HashMap<>();
    for (int i = 0; i < directories.size(); i++) {
      entries.put(directories.get(i), Integer.valueOf(counts.get(i)));
    }
    return new HostFacts(found, entries);
  }

  private static PathState state(char letter) throws IOException {
    return switch (letter) {
      case 'A' -> PathState.ABSENT;
      case 'F' -> PathState.FILE;
      case 'D' -> PathState.DIRECTORY;
      case 'f' -> PathState.LINK_TO_FILE;
      case 'd' -> PathState.LINK_TO_DIRECTORY;
      case 'L' -> PathState.DANGLING_LINK;
      default -> throw new IOException("the host answered with an unknown letter: " + letter);
    };
  }
}
