package dev.slipway.revision;

import java.nio.file.Path;

/** Where a revision comes from: a bundle with an AppSpec in it. */
public sealed interface Revision
    permits Revision.LocalArchive, Revision.LocalDirectory, Revision.Stored {

  /** Returns the archive at {@code path}; its kind follows from its name. */
  static Revision localArchive(Path path) {
    return new LocalArchive(path, BundleType.of(path.toString()));
  }

  /** Returns the directory at {@code path}, which is packed when it is stored. */
  static Revision localDirectory(Path path) {
    return new LocalDirectory(path);
  }

  /** Returns what is already in the revision store. */
  static Revision stored(RevisionId id) {
    return new Stored(id);
  }

  /**
   * An archive in the local file system.
   *
   * @param path the file
   * @param type its kind
   */
  record LocalArchive(Path path, BundleType type) implements Revision {}

  /**
   * A directory in the local file system.
   *
   * @param path the directory
   */
  record LocalDirectory(Path path) implements Revision {}

  /**
   * A revision that is in the store.
   *
   * @param id its id there
   */
  record Stored(RevisionId id) implements Revision {}
}
