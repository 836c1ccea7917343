package dev.slipway.host.bundle;

/**
 * One file, directory or symbolic link of a bundle.
 *
 * @param path relative to the bundle's root, parts joined by {@code /}, without empty parts, {@code
 *     .} and {@code ..}; the empty string is the root itself
 * @param kind what it is; a link is not followed
 * @param mode permission bits, 0 to 07777; of a symbolic link always 0777
 * @param size bytes of a file; 0 for anything else
 * @param linkTarget text of a symbolic link, as it stands in the bundle; empty for anything else
 */
public record BundleEntry(String path, EntryKind kind, int mode, long size, String linkTarget) {

  private static final int ALL_MODE_BITS = 07777;
  private static final int DIRECTORY_MODE = 0755;
  private static final int LINK_MODE = 0777;

  /** Refuses what no bundle can hold. */
  public BundleEntry {
    if (!EntryPaths.isNormal(path)) {
      throw new IllegalArgumentException(
          "an entry's path is relative and has no empty, . or .. parts, but was \"" + path + '"');
    }
    if ((mode & ~ALL_MODE_BITS) != 0) {
      throw new IllegalArgumentException(
          "a mode is 0 to 07777, but was 0" + Integer.toOctalString(mode));
    }
    if (size < 0 || (size > 0 && kind != EntryKind.FILE)) {
      throw new IllegalArgumentException(
          "the size of a " + kind + " cannot be " + size + ": " + path);
    }
    if ((kind == EntryKind.SYMLINK) == linkTarget.isEmpty()) {
      throw new IllegalArgumentException(
          "a symbolic link, and nothing else, has a target: " + path);
    }
  }

  /** Returns a regular file of {@code size} bytes. */
  public static BundleEntry file(String path, int mode, long size) {
    return new BundleEntry(path, EntryKind.FILE, mode, size, "");
  }

  /** Returns a directory. */
  public static BundleEntry directory(String path, int mode) {
    return new BundleEntry(path, EntryKind.DIRECTORY, mode, 0, "");
  }

  /** Returns a directory that the bundle does not name but has something in. */
  static BundleEntry impliedDirectory(String path) {
    return directory(path, DIRECTORY_MODE);
  }

  /** Returns a symbolic link to {@code target}. */
  public static BundleEntry symlink(String path, String target) {
    return new BundleEntry(path, EntryKind.SYMLINK, LINK_MODE, 0, target);
  }

  /** Returns the last part of the path; empty for the root. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Returns this entry at another path. */
  BundleEntry at(String otherPath) {
    return new BundleEntry(otherPath, kind, mode, size, linkTarget);
  }
}
