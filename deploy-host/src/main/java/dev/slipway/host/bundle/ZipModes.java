package dev.slipway.host.bundle;

/**
 * What a zip entry's "made by" host and external attributes say about its kind and mode.
 *
 * <p>Unix keeps {@code st_mode} in the upper 16 bits; DOS and Windows keep their attributes in the
 * lowest byte (APPNOTE 4.4.2, 4.4.15: <a
 * href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">PKWARE</a>). Info-ZIP's {@code
 * unzip}, which AWS's agent runs, believes a Unix mode in a DOS entry if it agrees with the DOS
 * attributes, and gives others the mode that the attributes mean, less the umask. (A folder's
 * read-only attribute, with which Windows marks folders of its own, counts for nothing here.)
 *
 * @param kind the {@code S_IFMT} bits, 0 if there are none
 * @param mode permission bits; never set-id bits, which {@code unzip} leaves off
 * @param exact whether the mode is the archive's own, so that no umask applies
 */
record ZipModes(int kind, int mode, boolean exact) {

  static final int LINK = 0120000;
  static final int REGULAR = 0100000;
  static final int DIRECTORY = 0040000;

  private static final int KIND_BITS = 0170000;
  private static final int DOS_READ_ONLY = 0x01;
  private static final int DOS_DIRECTORY = 0x10;
  private static final int HOST_FAT = 0;
  private static final int HOST_UNIX = 3;

  /**
   * Reads them.
   *
   * @param host upper byte of "version made by"
   * @param attributes external attributes
   * @param directory whether the entry's name ends in a slash
   */
  static ZipModes of(int host, long attributes, boolean directory) {
    int unix = (int) (attributes >>> 16) & 0xffff;
    if (keepsUnixModes(host)) {
      return new ZipModes(unix & KIND_BITS, unix & 0777, true);
    }
    boolean readOnly = (attributes & DOS_READ_ONLY) != 0;
    boolean executable = directory || (attributes & DOS_DIRECTORY) != 0;
    int bits = (readOnly ? 0 : 2) | (executable ? 1 : 0);
    if (host == HOST_FAT && (unix & 0700) == (0400 | bits << 6)) {
      return new ZipModes(0, unix & 0777, true);
    }
    return new ZipModes(0, 0444 | bits << 6 | bits << 3 | bits, false);
  }

  /** Returns whether entries made on this host have {@code /} as the only separator. */
  static boolean keepsUnixModes(int host) {
    return host == HOST_UNIX;
  }

  /** Returns whether this is a device, pipe or socket. */
  boolean isSpecial() {
    return kind != 0 && kind != REGULAR && kind != DIRECTORY && kind != LINK;
  }
}
