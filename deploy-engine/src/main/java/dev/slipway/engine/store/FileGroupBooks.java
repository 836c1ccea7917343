package dev.slipway.engine.store;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.GroupBooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps each group's document in a file of its own: {@code APPLICATION/GROUP.json} below a
 * directory.
 *
 * <p>Thread-safe; the last of two writers wins.
 */
public final class FileGroupBooks implements GroupBooks {

  private final Path directory;

  /**
   * Keeps documents below a directory, which is created when it is needed.
   *
   * @param directory the directory
   */
  public FileGroupBooks(Path directory) {
    this.directory = directory;
  }

  @Override
  public Optional<String> read(String application, String deploymentGroup) {
    Path file = file(application, deploymentGroup);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new StoreException(
          Reason.UNAVAILABLE, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void write(String application, String deploymentGroup, String document) {
    Path file = file(application, deploymentGroup);
    try {
      DurableFiles.replace(file, document);
    } catch (IOException e) {
      throw new StoreException(
          Reason.UNAVAILABLE, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private Path file(String application, String deploymentGroup) {
    return directory.resolve(application).resolve(deploymentGroup + ".json");
  }
}
