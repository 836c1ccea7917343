package dev.slipway.appspec;

/**
 * One POSIX access control entry.
 *
 * @param isDefault whether it is a default entry of a directory
 * @param kind whom it is about
 * @param name the account or group, empty for the owner, the owning group, mask and other
 * @param bits the rights, 0 to 7: 4 read, 2 write, 1 execute
 */
public record AclEntry(boolean isDefault, Kind kind, String name, int bits) {

  /** Whom an entry is about. */
  public enum Kind {
    /** A named user, or the owner. */
    USER,
    /** A named group, or the owning group. */
    GROUP,
    /** The upper bound of what named entries and the owning group get. */
    MASK,
    /** Everybody else. */
    OTHER;

    /** Returns the word that {@code setfacl} uses. */
    public String word() {
      return switch (this) {
        case USER -> "user";
        case GROUP -> "group";
        case MASK -> "mask";
        case OTHER -> "other";
      };
    }
  }

  /** Refuses rights outside of 0 to 7. */
  public AclEntry {
    if (bits < 0 || bits > 7) {
      throw new IllegalArgumentException("rights must be 0 to 7, but were " + bits);
    }
  }

  /** Returns whether the entry names a user or group. */
  public boolean isNamed() {
    return !name.isEmpty();
  }

  /** Returns the canonical text, as {@code setfacl} takes it: {@code default:user:bob:rw-}. */
  @Override
  public String toString() {
    return (isDefault ? "default:" : "")
        + kind.word()
        + ":"
        + name
        + ":"
        + ((bits & 4) == 0 ? "-" : "r")
        + ((bits & 2) == 0 ? "-" : "w")
        + ((bits & 1) == 0 ? "-" : "x");
  }
}
