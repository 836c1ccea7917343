package dev.slipway.host.bundle;

/**
 * Where a path inside a bundle leads when symbolic links are followed.
 *
 * @param outcome how it ended
 * @param path the real path, as in {@link BundleEntry#path()}, if {@link Outcome#FOUND} (then it
 *     names a file or a directory of the index, never a link); otherwise as far as the way went
 */
public record BundleResolution(Outcome outcome, String path) {

  /** How following a path ended. */
  public enum Outcome {
    /** At a file or directory of the bundle. */
    FOUND,
    /** Nothing is there: no such entry, a dangling link, or a file where a directory should be. */
    MISSING,
    /** It leads out of the bundle: by {@code ..}, or by a link with an absolute target. */
    OUTSIDE,
    /** It leads round in circles, or through more links than a kernel follows (40). */
    LOOP
  }
}
