package dev.slipway.host.plan;

import java.util.List;

/** What an entry of {@code files} leaves out of its source directory. */
final class Exclusions {

  private final List<String> globs;

  /** Makes them from globs as {@link dev.slipway.appspec.FileMapping#exclude} has them. */
  Exclusions(List<String> globs) {
    this.globs = globs;
  }

  /**
   * Returns whether something is left out. Not asked about what is in a directory that is.
   *
   * @param path where it is below the source, without a slash at either end
   * @param directory whether it is a directory
   */
  boolean cover(String path, boolean directory) {
    return globs.stream().anyMatch(glob -> covers(glob, path, directory));
  }

  private static boolean covers(String glob, String path, boolean directory) {
    boolean directoriesOnly = glob.endsWith("/");
    String start = directoriesOnly ? glob.substring(0, glob.length() - 1) : glob;
    if (start.isEmpty() || (directoriesOnly && !directory)) {
      return false;
    }
    if (start.indexOf('/') < 0 && !start.equals("**")) {
      return nameMatches(start, path.substring(path.lastIndexOf('/') + 1));
    }
    String anchored = start.startsWith("/") ? start.substring(1) : start;
    return partsMatch(anchored.split("/", -1), path.split("/", -1));
  }

  /** As {@link #nameMatches}, with directories for letters and {@code **} for the star. */
  private static boolean partsMatch(String[] glob, String[] path) {
    int g = 0;
    int p = 0;
    int star = -1;
    int retry = 0;
    while (p < path.length) {
      if (g < glob.length && glob[g].equals("**")) {
        star = g++;
        retry = p;
      } else if (g < glob.length && nameMatches(glob[g], path[p])) {
        g++;
        p++;
      } else if (star >= 0) {
        g = star + 1;
        p = ++retry;
      } else {
        return false;
      }
    }
    while (g < glob.length && glob[g].equals("**")) {
      g++;
    }
    return g == glob.length;
  }

  private static boolean nameMatches(String glob, String name) {
    int g = 0;
    int n = 0;
    int star = -1;
    int retry = 0;
    while (n < name.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        retry = n;
      } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == name.charAt(n))) {
        g++;
        n++;
      } else if (star >= 0) {
        g = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
