package dev.slipway.transport.ssh;

import dev.slipway.appspec.AclEntry;
import dev.slipway.host.plan.AccessList;
import java.util.List;

/**
 * An access control list whose last bits only the host can know: entries that follow from the mode
 * of the file have {@code @u}, {@code @g} or {@code @o} in place of their bits.
 */
final class AclTemplate {

  private static final int USER = 0700;
  private static final int GROUP = 0070;
  private static final int OTHER = 0007;
  private static final int BITS = 3;

  private AclTemplate() {}

  /** Returns the template for the entries of an AppSpec. */
  static String of(List<AclEntry> asked) {
    String[] none = entries(asked, 0);
    String[] user = entries(asked, USER);
    String[] group = entries(asked, GROUP);
    String[] other = entries(asked, OTHER);
    for (int i = 0; i < none.length; i++) {
      String kept = none[i].substring(0, none[i].length() - BITS);
      if (!user[i].equals(none[i])) {
        none[i] = kept + "@u";
      } else if (!group[i].equals(none[i])) {
        none[i] = kept + "@g";
      } else if (!other[i].equals(none[i])) {
        none[i] = kept + "@o";
      }
    }
    return String.join(",", none);
  }

  private static String[] entries(List<AclEntry> asked, int mode) {
    return AccessList.complete(asked, mode).split(",", -1);
  }
}
