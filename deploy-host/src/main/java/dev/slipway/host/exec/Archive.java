package dev.slipway.host.exec;

import dev.slipway.failure.AppSpecException;
import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.bundle.BundleIndexReader;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** An unpacked revision on this machine. */
final class Archive {

  private final Path directory;

  Archive(String directory) {
    this.directory = Path.of(directory);
  }

  boolean exists() {
    return Files.isDirectory(directory);
  }

  /**
   * Returns the AppSpec: the file asked for, or else the one with the other extension.
   *
   * @throws AppSpecException when there is none
   */
  Path appSpec(AppSpecName asked) throws IOException {
    for (String name : asked.candidates()) {
      Path file = directory.resolve(name);
      if (Files.exists(file) && file.toRealPath().startsWith(directory.toRealPath())) {
        return file;
      }
    }
    throw new AppSpecException(asked.value(), 0, 0, "", asked.missingMessage(directory.toString()));
  }

  /** Returns what is in it. */
  BundleIndex index() {
    return new BundleIndexReader(IntakeOptions.SAFE)
        .read(directory, BundleType.DIRECTORY, Set.of());
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
