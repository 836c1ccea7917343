package dev.slipway.host.bundle;

import static dev.slipway.host.bundle.BundleResolution.Outcome.FOUND;
import static dev.slipway.host.bundle.BundleResolution.Outcome.LOOP;
import static dev.slipway.host.bundle.BundleResolution.Outcome.MISSING;
import static dev.slipway.host.bundle.BundleResolution.Outcome.OUTSIDE;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** One walk along a path through a tree, following links the way a kernel does. */
final class LinkWalk {

  /** Linux gives up (ELOOP) after this many links in one look-up (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  private final Map<String, BundleEntry> entries;
  private final Deque<String> ahead = new ArrayDeque<>();
  private int links;

  LinkWalk(Map<String, BundleEntry> entries) {
    this.entries = entries;
  }

  BundleResolution resolve(String path) {
    push(path);
    String at = "";
    while (!ahead.isEmpty()) {
      String part = ahead.pop();
      if (part.equals("..")) {
        if (at.isEmpty()) {
          return new BundleResolution(OUTSIDE, at);
        }
        at = EntryPaths.parent(at);
        continue;
      }
      String next = EntryPaths.join(at, part);
      BundleEntry entry = entries.get(next);
      if (entry == null) {
        return new BundleResolution(MISSING, next);
      }
      switch (entry.kind()) {
        case DIRECTORY -> at = next;
        case FILE -> {
          return new BundleResolution(ahead.isEmpty() ? FOUND : MISSING, next);
        }
        case SYMLINK -> {
          if (++links > MOST_LINKS) {
            return new BundleResolution(LOOP, next);
          }
          if (entry.linkTarget().startsWith("/")) {
            return new BundleResolution(OUTSIDE, next);
          }
          push(entry.linkTarget());
        }
      }
    }
    return new BundleResolution(FOUND, at);
  }

  private void push(String path) {
    String[] parts = path.split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      if (!parts[i].isEmpty() && !parts[i].equals(".")) {
        ahead.push(parts[i]);
      }
    }
  }
}
