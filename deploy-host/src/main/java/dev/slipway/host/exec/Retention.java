package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes old deployments of a group, so that a host keeps a stated number of them. */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /**
   * A deployment on the host.
   *
   * @param directory its directory
   * @param changed when something directly in it changed last
   */
  record Kept(Path directory, FileTime changed) {}

  private Retention() {}

  /**
   * Returns which deployments go: the oldest, never the current one, never the one whose Install
   * succeeded last, so many that with the current one no more than the stated number stay.
   *
   * @param others every deployment of the group but the current one
   * @param lastSuccessful the directory that must stay, if there is one
   * @param maxRevisions how many stay, the current one included
   */
  static List<Path> surplus(List<Kept> others, Optional<String> lastSuccessful, int maxRevisions) {
    int surplus = others.size() - maxRevisions + 1;
    return others.stream()
        .filter(kept -> !lastSuccessful.equals(Optional.of(kept.directory().toString())))
        .sorted(Comparator.comparing(Kept::changed).thenComparing(Kept::directory))
        .limit(Math.max(0, surplus))
        .map(Kept::directory)
        .toList();
  }

  /**
   * Removes the surplus. What cannot be removed stays and is logged: no deployment fails for it.
   */
  static void sweep(Path group, Path current, Optional<String> lastSuccessful, int maxRevisions)
      throws IOException {
    List<Kept> others = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(group)) {
      for (Path entry : entries) {
        if (!entry.equals(current)) {
          others.add(new Kept(entry, Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)));
        }
      }
    }
    for (Path old : surplus(others, lastSuccessful, maxRevisions)) {
      try {
        deleteTree(old);
      } catch (IOException e) {
        LOG.warn("{}: an old deployment could not be removed: {}", old, e.toString());
      }
    }
  }

  /** Removes a directory and all that is in it, following no link; nothing when it is not there. */
  static void deleteTree(Path top) throws IOException {
    if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.toFile().delete()) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
