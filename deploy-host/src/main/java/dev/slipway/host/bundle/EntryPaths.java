package dev.slipway.host.bundle;

import java.util.Comparator;

/** Facts about the relative paths of bundle entries, as text: no file system is asked. */
final class EntryPaths {

  /**
   * The order of the bytes of the names in UTF-8, which is the order of their code points. ({@link
   * String}'s own order differs where a name holds characters outside of the basic plane.)
   */
  static final Comparator<String> BYTEWISE = EntryPaths::compareCodePoints;

  private EntryPaths() {}

  private static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Returns whether the path is empty or has only real names, joined by single slashes. */
  static boolean isNormal(String path) {
    if (path.isEmpty()) {
      return true;
    }
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (!isName(path, start, end)) {
        return false;
      }
      start = end + 1;
    }
    return path.indexOf('\0') < 0;
  }

  private static boolean isName(String path, int start, int end) {
    int length = end - start;
    boolean dot = length == 1 && path.charAt(start) == '.';
    boolean dotDot = length == 2 && path.startsWith("..", start);
    return length > 0 && !dot && !dotDot;
  }

  /** Returns the path of the directory that holds {@code path}; of a top-level entry, the root. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Returns {@code name} in {@code directory}. */
  static String join(String directory, String name) {
    return directory.isEmpty() ? name : directory + '/' + name;
  }

  /** Returns how many parts the path has; the root has none. */
  static int depth(String path) {
    return path.isEmpty() ? 0 : 1 + (int) path.chars().filter(c -> c == '/').count();
  }
}
