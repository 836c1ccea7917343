package dev.slipway.host.bundle;

/**
 * How much a bundle may ask for before it is refused.
 *
 * @param entries files, directories and links, at least 1
 * @param bytes total size of the unpacked files, at least 1
 * @param expansion unpacked bytes per byte of the archive, at least 1; the first 64 MiB are free
 * @param pathBytes UTF-8 bytes of an entry's path or of a link's target, at least 1
 * @param depth parts of an entry's path, at least 1
 */
public record IntakeLimits(long entries, long bytes, int expansion, int pathBytes, int depth) {

  /** What a bundle may unpack to whatever its own size is. */
  static final long FREE_EXPANSION_BYTES = 64L << 20;

  /**
   * A quarter of a million entries, 64 GiB, an expansion of 250 (text is packed to about a tenth),
   * paths of 3,072 bytes (Linux takes 4,096 with the deployment's directory before them) and 100
   * parts.
   */
  public static final IntakeLimits DEFAULT = new IntakeLimits(250_000, 64L << 30, 250, 3_072, 100);

  /** Refuses limits under 1. */
  public IntakeLimits {
    require("entries", entries);
    require("bytes", bytes);
    require("expansion", expansion);
    require("pathBytes", pathBytes);
    require("depth", depth);
  }

  private static void require(String what, long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit of " + what + " is at least 1, not " + limit);
    }
  }

  /** Returns these limits with another number of entries. */
  public IntakeLimits withEntries(long most) {
    return new IntakeLimits(most, bytes, expansion, pathBytes, depth);
  }

  /** Returns these limits with another total size. */
  public IntakeLimits withBytes(long most) {
    return new IntakeLimits(entries, most, expansion, pathBytes, depth);
  }

  /** Returns these limits with another number of unpacked bytes per byte of the archive. */
  public IntakeLimits withExpansion(int most) {
    return new IntakeLimits(entries, bytes, most, pathBytes, depth);
  }

  /** Returns these limits with another length of paths and link targets. */
  public IntakeLimits withPathBytes(int most) {
    return new IntakeLimits(entries, bytes, expansion, most, depth);
  }

  /** Returns these limits with another depth of paths. */
  public IntakeLimits withDepth(int most) {
    return new IntakeLimits(entries, bytes, expansion, pathBytes, most);
  }
}
