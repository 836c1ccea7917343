package dev.slipway.engine.store;

import dev.slipway.failure.RevisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place for files that are gone when the work is done. */
final class TemporaryDirectory {

  private TemporaryDirectory() {}

  /** Work that needs such a place. */
  @FunctionalInterface
  interface Work<T> {
    T in(Path directory) throws IOException;
  }

  /**
   * Does work in a new directory and deletes it with the files in it.
   *
   * @param parent where, or null for the system's own place
   */
  static <T> T with(@Nullable Path parent, Work<T> work) {
    try {
      Path directory =
          parent == null
              ? Files.createTempDirectory("slipway-")
              : Files.createTempDirectory(parent, ".part-");
      try {
        return work.in(directory);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new RevisionException("cannot make an archive: " + e, e);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> children = Files.list(directory)) {
      files = children.toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.delete(directory);
  }
}
