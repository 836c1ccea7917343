package dev.slipway.host.exec;

import dev.slipway.host.bundle.BundleUnpacker;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A revision that is a file or directory of this machine.
 *
 * @param location the archive or directory
 * @param type what it is
 * @param intake what is taken from it
 */
public record LocalRevision(Path location, BundleType type, IntakeOptions intake)
    implements RevisionFiles {

  @Override
  public void unpack(Path bundle, Path archive, Runnable unpacked) throws IOException {
    if (type != BundleType.DIRECTORY && Files.isRegularFile(location)) {
      Files.createSymbolicLink(bundle, location.toAbsolutePath());
    }
    new BundleUnpacker(intake, unpacked).unpack(location, type, archive);
  }
}
