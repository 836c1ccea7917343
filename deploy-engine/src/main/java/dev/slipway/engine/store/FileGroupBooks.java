package dev.slipway.engine.store;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.GroupPage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps each group's page in a file of its own, {@code APPLICATION/GROUP.json} below a directory:
 * the version on a line, then the document.
 *
 * <p>Thread-safe: guarded by its own monitor, and between processes by a lock on a file.
 */
public final class FileGroupBooks implements GroupBooks {

  private final Path directory;

  /**
   * Keeps pages below a directory, which is created when it is needed.
   *
   * @param directory the directory
   */
  public FileGroupBooks(Path directory) {
    this.directory = directory;
  }

  @Override
  public Optional<GroupPage> read(String application, String deploymentGroup) {
    Path file = file(application, deploymentGroup);
    try {
      return Files.exists(file)
          ? Optional.of(page(application, deploymentGroup, file))
          : Optional.empty();
    } catch (IOException e) {
      throw new StoreException(
          Reason.UNAVAILABLE, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static GroupPage page(String application, String deploymentGroup, Path file)
      throws IOException {
    String content = Files.readString(file);
    int end = Math.max(content.indexOf('\n'), 0);
    try {
      return new GroupPage(
          application,
          deploymentGroup,
          Long.parseLong(content.substring(0, end)),
          content.substring(end + 1));
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          Reason.CORRUPT, file + " does not begin with a version: restore or remove it", e);
    }
  }

  @Override
  public synchronized void write(GroupPage page) {
    Path file = file(page.application(), page.deploymentGroup());
    try {
      Files.createDirectories(directory);
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        replace(page, file, lock);
      }
    } catch (OverlappingFileLockException e) {
      throw new StoreException(
          Reason.CONFLICT, file + " is being written by another part of this process", e);
    } catch (IOException e) {
      throw new StoreException(
          Reason.UNAVAILABLE, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private void replace(GroupPage page, Path file, FileLock lock) throws IOException {
    long kept = read(page.application(), page.deploymentGroup()).map(GroupPage::version).orElse(0L);
    if (!lock.isValid() || page.version() != kept + 1) {
      throw new StoreException(
          Reason.CONFLICT,
          "%s has version %d, so version %d cannot follow".formatted(file, kept, page.version()));
    }
    DurableFiles.replace(file, page.version() + "\n" + page.document());
  }

  private Path file(String application, String deploymentGroup) {
    return directory.resolve(application).resolve(deploymentGroup + ".json");
  }
}
