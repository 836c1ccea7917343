package dev.slipway.host.bundle;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** What a tar says an entry is. */
enum TarKind {
  FILE("file"),
  DIRECTORY("directory"),
  SYMLINK("symbolic link"),
  HARDLINK("hard link"),
  DEVICE("device"),
  PIPE("named pipe"),
  /** A piece of a file that began in another volume. */
  CONTINUED("part of a file of another volume"),
  /** The name of a volume: not an entry at all. */
  LABEL("volume label");

  private static final byte GNU_DIRECTORY_LIST = 'D';
  private static final byte GNU_VOLUME_LABEL = 'V';

  private final String words;

  TarKind(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  boolean isSpecial() {
    return this == DEVICE || this == PIPE || this == CONTINUED;
  }

  /** Returns the kind of an entry; one that is not known is a file, as with {@code tar}. */
  static TarKind of(TarArchiveEntry entry) {
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_DIR, GNU_DIRECTORY_LIST -> DIRECTORY;
      case TarConstants.LF_SYMLINK -> SYMLINK;
      case TarConstants.LF_LINK -> HARDLINK;
      case TarConstants.LF_CHR, TarConstants.LF_BLK -> DEVICE;
      case TarConstants.LF_FIFO -> PIPE;
      case TarConstants.LF_MULTIVOLUME -> CONTINUED;
      case GNU_VOLUME_LABEL -> LABEL;
      // Before POSIX, a directory was a file whose name ends in a slash.
      case TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL ->
          entry.getName().endsWith("/") ? DIRECTORY : FILE;
      default -> FILE;
    };
  }
}
