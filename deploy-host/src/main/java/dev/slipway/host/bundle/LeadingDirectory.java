package dev.slipway.host.bundle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The rule by which a directory around the whole revision is taken off: it is all there is at the
 * top, and something in it has a name with {@code appspec} in it, in any case of letters. One
 * directory only is taken off.
 *
 * <p>CodeDeploy asks for the AppSpec at the root of an archive (<a
 * href="https://docs.aws.amazon.com/codedeploy/latest/userguide/application-revisions-plan.html">Plan
 * a revision</a>); its agent takes archives of GitHub, which have such a directory, by this rule.
 */
final class LeadingDirectory {

  private LeadingDirectory() {}

  /** Returns whether a name counts as an AppSpec's for this rule. */
  static boolean isAppSpecLike(String name) {
    return name.toLowerCase(Locale.ROOT).contains("appspec");
  }

  /** Returns the path of the directory to take off, or empty if there is none. */
  static Optional<String> of(BundleIndex index) {
    List<BundleEntry> top = index.children("");
    if (top.size() != 1 || top.get(0).kind() != EntryKind.DIRECTORY) {
      return Optional.empty();
    }
    String only = top.get(0).path();
    return index.children(only).stream().anyMatch(entry -> isAppSpecLike(entry.name()))
        ? Optional.of(only)
        : Optional.empty();
  }

  /** Returns the index without its leading directory, if it has one. */
  static BundleIndex strip(BundleIndex index) {
    return of(index).map(directory -> below(index, directory)).orElse(index);
  }

  private static BundleIndex below(BundleIndex index, String directory) {
    int cut = directory.length() + 1;
    List<BundleEntry> entries = new ArrayList<>();
    for (BundleEntry entry : index.entries()) {
      if (entry.path().length() > cut) {
        entries.add(entry.at(entry.path().substring(cut)));
      }
    }
    Map<String, byte[]> contents = new HashMap<>();
    index.contents().forEach((path, bytes) -> contents.put(path.substring(cut), bytes));
    return BundleIndex.of(entries, contents);
  }
}
