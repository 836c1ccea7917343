package dev.slipway.host.exec;

import dev.slipway.host.plan.HostFacts;
import dev.slipway.host.plan.HostQuestions;
import dev.slipway.host.plan.PathState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks at this machine's files. */
final class FactFinder {

  private FactFinder() {}

  /** Answers the questions. */
  static HostFacts answer(HostQuestions questions) throws IOException {
    Map<String, PathState> states = new HashMap<>();
    Map<String, String> otherNames = new TreeMap<>();
    Map<Path, Path> realParents = new HashMap<>();
    for (String path : questions.states()) {
      // In this order a directory comes before what is in it; where there is none, nothing is.
      boolean nowhere = states.get(parentOf(path)) == PathState.ABSENT;
      PathState state = nowhere ? PathState.ABSENT : stateOf(Path.of(path));
      states.put(path, state);
      Path parent = state == PathState.ABSENT ? null : Path.of(path).getParent();
      if (parent != null) {
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
      PathState state = states.get(directory);
      if ((state == null ? stateOf(Path.of(directory)) : state) == PathState.DIRECTORY) {
        counts.put(directory, entriesIn(Path.of(directory)));
      }
    }
    return new HostFacts(states, counts, otherNames);
  }

  private static String parentOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  static PathState stateOf(Path path) {
    BasicFileAttributes found = attributes(path, LinkOption.NOFOLLOW_LINKS);
    if (found == null) {
      return PathState.ABSENT;
    }
    if (!found.isSymbolicLink()) {
      return found.isDirectory() ? PathState.DIRECTORY : PathState.FILE;
    }
    BasicFileAttributes target = attributes(path);
    if (target == null) {
      return PathState.DANGLING_LINK;
    }
    return target.isDirectory() ? PathState.LINK_TO_DIRECTORY : PathState.LINK_TO_FILE;
  }

  private static @Nullable BasicFileAttributes attributes(Path path, LinkOption... options) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, options);
    } catch (IOException e) {
      // Nothing is there, or it cannot be reached, which is the same to an install.
      return null;
    }
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
