package dev.slipway.engine.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole or not at all, also after a loss of power. */
final class DurableFiles {

  private DurableFiles() {}

  static void replace(Path file, String content) throws IOException {
    Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = Files.createTempFile(directory, file.getFileName().toString(), ".part");
    try {
      Files.writeString(part, content);
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Moves a file of the same directory into place. */
  static void move(Path part, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(file.toAbsolutePath().getParent())) {
      channel.force(true);
    }
  }
}
