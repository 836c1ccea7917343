package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.file.Path;

/** A revision that can be brought onto this machine. */
@FunctionalInterface
public interface RevisionFiles {

  /**
   * Unpacks the revision, all or nothing. Blocks until it is done. May be asked again after it has
   * failed.
   *
   * @param bundle where the bundle itself is to be kept, if the revision is one file; nothing is
   *     there
   * @param archive the directory to be, in the place of whatever is there; its parent exists
   * @param unpacked told after each entry that was unpacked
   * @throws IOException when the revision cannot be had
   * @throws dev.slipway.failure.RevisionException when it is damaged or refused
   */
  void unpack(Path bundle, Path archive, Runnable unpacked) throws IOException;
}
