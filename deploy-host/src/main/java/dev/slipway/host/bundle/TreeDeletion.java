package dev.slipway.host.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Deletes a tree of files. Links are deleted, never followed. */
public final class TreeDeletion {

  private static final int OWNER_MAY_ALL = 0700;

  private TreeDeletion() {}

  /**
   * Deletes a file, link or directory with all that is in it; nothing there is fine. Directories
   * that their owner may not change are opened first.
   *
   * @throws IOException if something cannot be deleted; the rest may or may not be gone
   */
  public static void delete(Path path) throws IOException {
    // Files, links and empty directories go by one call of the system; most paths are such.
    if (path.toFile().delete()) {
      return;
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      UnixFiles.Status status = UnixFiles.status(path).orElseThrow();
      if ((status.permissions() & OWNER_MAY_ALL) != OWNER_MAY_ALL) {
        UnixFiles.setMode(path, status.permissions() | OWNER_MAY_ALL);
      }
      for (Path child : children(path)) {
        delete(child);
      }
    }
    Files.deleteIfExists(path);
  }

  /** Returns a list, so that a deep tree does not hold a directory open per level. */
  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.toList();
    }
  }
}
