package dev.slipway.host.appspec;

import dev.slipway.host.bundle.BundleEntry;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.bundle.BundleResolution;
import dev.slipway.host.bundle.EntryKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Says which scripts and sources the bundle does not have. Without a bundle it says nothing. */
final class BundleLint {

  private static final int ANY_EXECUTE_BIT = 0111;

  private final @Nullable BundleIndex bundle;
  private final Problems problems;

  BundleLint(@Nullable BundleIndex bundle, Problems problems) {
    this.bundle = bundle;
    this.problems = problems;
  }

  /** Returns whether there is a bundle to look into. */
  boolean isKnown() {
    return bundle != null;
  }

  /** Looks for a script. */
  void script(Node node, String location, KeyPath path) {
    BundleEntry entry = find(node, location, path, "script");
    if (entry == null) {
      return;
    }
    if (entry.kind() == EntryKind.DIRECTORY) {
      problems.mistake(node, path, "This is a directory of the bundle and no script.");
      return;
    }
    if ((entry.mode() & ANY_EXECUTE_BIT) == 0) {
      problems.note(
          node, path, "The script is not executable; it is made so on the host before it runs.");
    }
    if (bundle != null && hasCarriageReturn(bundle.content(entry.path()))) {
      problems.warning(
          node,
          path,
          "The first line of the script ends in CR LF, so the host looks for an interpreter with a"
              + " CR in its name. Save it with LF.");
    }
  }

  /** Looks for a source, and returns what it is when it is known. */
  @Nullable EntryKind source(Node node, String source, KeyPath path) {
    BundleEntry entry = find(node, source, path, "file or directory");
    return entry == null ? null : entry.kind();
  }

  private @Nullable BundleEntry find(Node node, String location, KeyPath path, String what) {
    if (bundle == null) {
      return null;
    }
    BundleResolution found = bundle.resolve(location);
    switch (found.outcome()) {
      case FOUND -> {
        return bundle.entry(found.path()).orElse(null);
      }
      case MISSING ->
          problems.mistake(
              node, path, "The bundle has no " + what + " at " + RubyText.shown(location) + ".");
      case OUTSIDE -> problems.mistake(node, path, "A link leads it out of the bundle.");
      case LOOP -> problems.mistake(node, path, "It leads round in a circle of links.");
    }
    return null;
  }

  private static boolean hasCarriageReturn(Optional<byte[]> content) {
    byte[] bytes = content.orElse(new byte[0]);
    if (bytes.length < 2 || bytes[0] != '#' || bytes[1] != '!') {
      return false;
    }
    for (int i = 1; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return bytes[i - 1] == '\r';
      }
    }
    return false;
  }
}
