package dev.slipway.host.appspec;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Paths as texts, with {@code /} between their parts. */
final class LexicalPath {

  private LexicalPath() {}

  /**
   * Returns the path without empty and {@code .} parts and with {@code ..} resolved, relative to
   * wherever it starts; or null when it climbs above that.
   */
  static @Nullable String resolve(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return null;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /** Returns whether the path is the directory or below it; both as {@link #resolve} gives them. */
  static boolean isWithin(String path, String directory) {
    return directory.isEmpty() || path.equals(directory) || path.startsWith(directory + "/");
  }

  /** Returns the last part. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
