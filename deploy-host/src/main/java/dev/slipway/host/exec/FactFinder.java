package dev.slipway.host.exec;

import dev.slipway.host.plan.HostFacts;
import dev.slipway.host.plan.HostQuestions;
import dev.slipway.host.plan.PathState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Looks at this machine's files. */
final class FactFinder {

  private FactFinder() {}

  /** Answers the questions. */
  static HostFacts answer(HostQuestions questions) throws IOException {
    Map<String, PathState> states = new TreeMap<>();
    Map<String, String> otherNames = new TreeMap<>();
    Map<Path, Path> realParents = new HashMap<>();
    for (String path : questions.states()) {
      PathState state = stateOf(Path.of(path));
      states.put(path, state);
      Path parent = Path.of(path).getParent();
      if (state != PathState.ABSENT && parent != null) {
        Path real = realParents.get(parent);
        if (real == null) {
          real = parent.toRealPath();
          realParents.put(parent, real);
        }
        if (!real.equals(parent)) {
          otherNames.put(path, real.resolve(Path.of(path).getFileName()).toString());
        }
      }
    }
    Map<String, Integer> counts = new TreeMap<>();
    for (String directory : questions.entryCounts()) {
      Path path = Path.of(directory);
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        counts.put(directory, entriesIn(path));
      }
    }
    return new HostFacts(states, counts, otherNames);
  }

  static PathState stateOf(Path path) {
    if (Files.isSymbolicLink(path)) {
      if (!Files.exists(path)) {
        return PathState.DANGLING_LINK;
      }
      return Files.isDirectory(path) ? PathState.LINK_TO_DIRECTORY : PathState.LINK_TO_FILE;
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return PathState.ABSENT;
    }
    return Files.isDirectory(path) ? PathState.DIRECTORY : PathState.FILE;
  }

  private static int entriesIn(Path directory) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path ignored : entries) {
        count++;
      }
    }
    return count;
  }
}
