package dev.slipway.host.bundle;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a bundle of one type. */
sealed interface BundleSource permits DirectorySource, TarSource, ZipSource {

  /**
   * Tells all entries.
   *
   * @throws RevisionException if the bundle is damaged or refused
   * @throws IOException if it cannot be read at all, or from the sink
   */
  void tellAll(MemberSink sink) throws IOException;

  /**
   * Returns the reader for a bundle.
   *
   * @throws RevisionException if there is no such bundle
   */
  static BundleSource of(Path bundle, BundleType type, IntakeGate gate) throws IOException {
    if (type == BundleType.DIRECTORY) {
      if (!Files.isDirectory(bundle)) {
        throw new RevisionException(bundle + " is not a directory, but its bundle type says so");
      }
      return new DirectorySource(bundle, gate);
    }
    if (!Files.isRegularFile(bundle)) {
      throw new RevisionException(
          bundle + " is not a file; a bundle of type " + type.wireName() + " is one archive file");
    }
    if (Files.size(bundle) == 0) {
      throw new RevisionException(bundle + " is empty (0 bytes), no " + type.wireName());
    }
    return switch (type) {
      case ZIP -> new ZipSource(bundle, gate);
      case TAR -> new TarSource(bundle, gate, false);
      case TGZ -> new TarSource(bundle, gate, true);
      case DIRECTORY -> throw new IllegalStateException("handled above");
    };
  }
}
