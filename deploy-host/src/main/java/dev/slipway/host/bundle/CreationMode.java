package dev.slipway.host.bundle;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The permissions that a file is created with, ready for {@link java.nio.file.Files}. */
public final class CreationMode {

  private static final int PERMISSION_BITS = 0777;

  private static final List<FileAttribute<Set<PosixFilePermission>>> ALL =
      IntStream.rangeClosed(0, PERMISSION_BITS).mapToObj(CreationMode::make).toList();

  private CreationMode() {}

  /**
   * Returns the attribute for a mode, of which only the nine permission bits count. The process's
   * umask takes bits away, as it does for every new file.
   */
  public static FileAttribute<Set<PosixFilePermission>> of(int mode) {
    return ALL.get(mode & PERMISSION_BITS);
  }

  private static FileAttribute<Set<PosixFilePermission>> make(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] highestFirst = PosixFilePermission.values();
    for (int i = 0; i < highestFirst.length; i++) {
      if ((mode >> (highestFirst.length - 1 - i) & 1) != 0) {
        set.add(highestFirst[i]);
      }
    }
    return PosixFilePermissions.asFileAttribute(set);
  }
}
