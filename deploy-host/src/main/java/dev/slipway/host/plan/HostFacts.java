package dev.slipway.host.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a host answered to {@link HostQuestions}.
 *
 * @param states what is at each path
 * @param entryCounts how many entries each directory of the cleanup list has
 */
public record HostFacts(Map<String, PathState> states, Map<String, Integer> entryCounts) {

  /** Copies the maps in. */
  public HostFacts {
    states = Collections.unmodifiableMap(new TreeMap<>(states));
    entryCounts = Collections.unmodifiableMap(new TreeMap<>(entryCounts));
  }

  /** Returns what is at the path. */
  public PathState at(String path) {
    PathState state = states.get(path);
    if (state == null) {
      throw new IllegalStateException("the host was not asked about " + path);
    }
    return state;
  }

  /**
   * Returns the facts as they will be once the list has been cleaned up: files and links are gone,
   * and directories that nothing else is in.
   */
  public HostFacts after(CleanupList cleanup) {
    Map<String, PathState> left = new TreeMap<>(states);
    Map<String, Integer> counts = new TreeMap<>(entryCounts);
    for (CleanupList.Entry entry : cleanup.inRemovalOrder()) {
      PathState state = left.getOrDefault(entry.path(), PathState.ABSENT);
      boolean goes =
          switch (state) {
            case ABSENT -> false;
            case DIRECTORY -> counts.getOrDefault(entry.path(), 0) == 0;
            case FILE, LINK_TO_FILE, LINK_TO_DIRECTORY, DANGLING_LINK -> true;
          };
      if (goes && entry.kind() == CleanupList.Kind.PATH) {
        left.put(entry.path(), PathState.ABSENT);
        counts.computeIfPresent(HostPaths.parentOf(entry.path()), (path, count) -> count - 1);
      }
    }
    return new HostFacts(left, counts);
  }
}
