package dev.slipway.host.plan;

import dev.slipway.appspec.AclEntry;
import dev.slipway.appspec.AclEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The complete access control list of one file. */
public final class AccessList {

  private AccessList() {}

  /**
   * Returns what {@code setfacl --set} gets for a file: the entries asked for, and those that must
   * be there too, taken from the file's mode.
   *
   * @param asked the entries of the AppSpec, in order
   * @param mode the file's permission bits, 0 to 0777
   */
  public static String complete(List<AclEntry> asked, int mode) {
    List<AclEntry> all = new ArrayList<>(asked);
    int group = mode >> 3 & 7;
    all.add(new AclEntry(false, Kind.USER, "", mode >> 6 & 7));
    all.add(new AclEntry(false, Kind.GROUP, "", group));
    all.add(new AclEntry(false, Kind.OTHER, "", mode & 7));
    if (hasNamed(asked, false) && !has(asked, false, Kind.MASK)) {
      all.add(new AclEntry(false, Kind.MASK, "", group));
    }
    if (asked.stream().anyMatch(AclEntry::isDefault)) {
      addDefaults(asked, mode, all);
    }
    return all.stream().map(AclEntry::toString).collect(Collectors.joining(","));
  }

  private static void addDefaults(List<AclEntry> asked, int mode, List<AclEntry> all) {
    addDefault(Kind.USER, mode >> 6 & 7, all);
    addDefault(Kind.GROUP, mode >> 3 & 7, all);
    addDefault(Kind.OTHER, mode & 7, all);
    if (hasNamed(asked, true) && !has(asked, true, Kind.MASK)) {
      all.stream()
          .filter(entry -> isNameless(entry, Kind.GROUP))
          .findFirst()
          .ifPresent(group -> all.add(new AclEntry(true, Kind.MASK, "", group.bits())));
    }
  }

  private static void addDefault(Kind kind, int bits, List<AclEntry> all) {
    if (all.stream().noneMatch(entry -> isNameless(entry, kind))) {
      all.add(new AclEntry(true, kind, "", bits));
    }
  }

  private static boolean isNameless(AclEntry entry, Kind kind) {
    return entry.isDefault() && entry.kind() == kind && !entry.isNamed();
  }

  private static boolean hasNamed(List<AclEntry> entries, boolean isDefault) {
    return entries.stream().anyMatch(e -> e.isDefault() == isDefault && e.isNamed());
  }

  private static boolean has(List<AclEntry> entries, boolean isDefault, Kind kind) {
    return entries.stream().anyMatch(e -> e.isDefault() == isDefault && e.kind() == kind);
  }
}
