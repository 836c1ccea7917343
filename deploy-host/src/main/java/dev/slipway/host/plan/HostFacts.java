package dev.slipway.host.plan;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a host answered to {@link HostQuestions}.
 *
 * @param states what is at each path
 * @param entryCounts how many entries each directory of the cleanup list has
 * @param otherNames paths that lead through links: what they are without (the last part stays as it
 *     is); may be left out, then a path that goes through a link counts as one of its own
 */
public record HostFacts(
    Map<String, PathState> states,
    Map<String, Integer> entryCounts,
    Map<String, String> otherNames) {

  /** Copies the maps in. */
  public HostFacts {
    states = Collections.unmodifiableMap(new TreeMap<>(states));
    entryCounts = Collections.unmodifiableMap(new TreeMap<>(entryCounts));
    otherNames = Collections.unmodifiableMap(new TreeMap<>(otherNames));
  }

  /** Returns the facts of a host on which no path leads through a link. */
  public HostFacts(Map<String, PathState> states, Map<String, Integer> entryCounts) {
    this(states, entryCounts, Map.of());
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
    Set<String> gone = new HashSet<>();
    Map<String, Integer> counts = new HashMap<>();
    entryCounts.forEach((path, count) -> counts.put(realName(path), count));
    for (CleanupList.Entry entry : cleanup.inRemovalOrder()) {
      String path = realName(entry.path());
      boolean goes =
          switch (states.getOrDefault(entry.path(), PathState.ABSENT)) {
            case ABSENT -> false;
            case DIRECTORY -> counts.getOrDefault(path, 0) == 0;
            case FILE, LINK_TO_FILE, LINK_TO_DIRECTORY, DANGLING_LINK -> true;
          };
      if (goes && entry.kind() == CleanupList.Kind.PATH && gone.add(path)) {
        counts.computeIfPresent(HostPaths.parentOf(path), (parent, count) -> count - 1);
      }
    }
    Map<String, PathState> left = new TreeMap<>(states);
    left.replaceAll((path, state) -> isGone(path, gone) ? PathState.ABSENT : state);
    return new HostFacts(left, entryCounts, otherNames);
  }

  /** Also what is only reached through a link that goes. */
  private boolean isGone(String path, Set<String> gone) {
    String at = path;
    while (!gone.contains(realName(at))) {
      String parent = HostPaths.parentOf(at);
      if (parent.equals(at)) {
        return false;
      }
      at = parent;
    }
    return true;
  }

  private String realName(String path) {
    return otherNames.getOrDefault(path, path);
  }
}
