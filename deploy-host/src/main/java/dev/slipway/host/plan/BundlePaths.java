package dev.slipway.host.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Arithmetic of paths inside a bundle. */
final class BundlePaths {

  private BundlePaths() {}

  /**
   * Returns the path without empty parts, {@code .} and {@code ..}; empty text for the bundle
   * itself, nothing when the path leaves the bundle. A leading slash means the bundle's root.
   */
  static Optional<String> normalise(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }

  /** Returns the two joined by exactly one slash, neither of them tidied otherwise. */
  static String join(String left, String right) {
    int end = left.length();
    while (end > 0 && left.charAt(end - 1) == '/') {
      end--;
    }
    int start = 0;
    while (start < right.length() && right.charAt(start) == '/') {
      start++;
    }
    return left.substring(0, end) + "/" + right.substring(start);
  }

  /** Returns the last part of a normalised path. */
  static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
