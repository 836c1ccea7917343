package dev.slipway.host.plan;

import java.util.List;

/**
 * The tree of an unpacked revision, as far as an install plan must know it.
 *
 * <p>Paths are relative to the bundle, without empty parts, {@code .} and {@code ..}; the empty
 * text is the bundle itself.
 */
public interface SourceTree {

  /** What is at a path. */
  enum Kind {
    /** Nothing. */
    ABSENT,
    /** A regular file. */
    FILE,
    /** A directory, or a link inside of the bundle that leads to one. */
    DIRECTORY,
    /** A symbolic link that does not lead to a directory. */
    LINK
  }

  /** Returns what is at the path. */
  Kind kindOf(String path);

  /** Returns the names in the directory, in byte order; hidden ones too. */
  List<String> children(String path);
}
