package dev.slipway.host.plan;

import dev.slipway.appspec.Permission;

/** Which paths a permission entry is about. */
final class ObjectPattern {

  private final String base;
  private final Permission permission;

  /** Makes one for an object that is already an absolute path on the host. */
  ObjectPattern(String object, Permission permission) {
    this.base = object.endsWith("/") ? object : object + "/";
    this.permission = permission;
  }

  /** Returns whether the entry applies to the path. The object itself never matches. */
  boolean appliesTo(String path) {
    if (!path.startsWith(base)) {
      return false;
    }
    String rest = path.substring(base.length());
    boolean direct = rest.indexOf('/') < 0;
    String pattern = permission.pattern();
    boolean matches = pattern.equals(Permission.EVERYTHING) || (direct && matches(pattern, rest));
    return matches && !(direct && permission.except().stream().anyMatch(e -> matches(e, rest)));
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
