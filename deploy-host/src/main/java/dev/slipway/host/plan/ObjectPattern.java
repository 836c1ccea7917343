package dev.slipway.host.plan;

import dev.slipway.appspec.Permission;
import java.util.List;

/** Which paths a permission entry is about. */
final class ObjectPattern {

  private final String base;
  private final Permission permission;
  private final boolean overDirectories;

  /**
   * Makes one for an object that is already an absolute path on the host.
   *
   * @param overDirectories whether globs may reach below the first directory, which they do not for
   *     AWS's agent; then they are those of {@link Exclusions}
   */
  ObjectPattern(String object, Permission permission, boolean overDirectories) {
    this.base = object.endsWith("/") ? object : object + "/";
    this.permission = permission;
    this.overDirectories = overDirectories;
  }

  /** Returns whether the entry applies to the path. The object itself never matches. */
  boolean appliesTo(String path) {
    if (!path.startsWith(base)) {
      return false;
    }
    String rest = path.substring(base.length());
    if (overDirectories) {
      return isBelow(List.of(permission.pattern()), rest) && !isBelow(permission.except(), rest);
    }
    boolean direct = rest.indexOf('/') < 0;
    String pattern = permission.pattern();
    boolean matches = pattern.equals(Permission.EVERYTHING) || (direct && matches(pattern, rest));
    return matches && !(direct && permission.except().stream().anyMatch(e -> matches(e, rest)));
  }

  /** Returns whether a glob names the path, or a directory that it is in. */
  private boolean isBelow(List<String> globs, String rest) {
    Exclusions named =
        new Exclusions(
            globs.stream()
                .map(glob -> glob.startsWith(base) ? glob.substring(base.length() - 1) : glob)
                .toList());
    for (int slash = rest.indexOf('/'); slash >= 0; slash = rest.indexOf('/', slash + 1)) {
      if (named.cover(rest.substring(0, slash), true)) {
        return true;
      }
    }
    return named.cover(rest, false);
  }

  /** Returns whether the name matches the glob, in which only {@code *} is special. */
  static boolean matches(String glob, String name) {
    int g = 0;
    int n = 0;
    int star = -1;
    int retry = 0;
    while (n < name.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        retry = n;
      } else if (g < glob.length() && glob.charAt(g) == name.charAt(n)) {
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
