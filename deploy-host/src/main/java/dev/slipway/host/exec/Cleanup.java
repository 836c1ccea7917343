package dev.slipway.host.exec;

import dev.slipway.host.plan.CleanupList;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what an earlier install has created. May be repeated after it was interrupted. */
final class Cleanup {

  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

  private Cleanup() {}

  /** Removes everything in the list that is still there. */
  static void run(CleanupList list) throws IOException, InterruptedException {
    for (CleanupList.Entry entry : list.inRemovalOrder()) {
      switch (entry.kind()) {
        case PATH -> remove(Path.of(entry.path()));
        case CONTEXT -> Tool.run(List.of("semanage", "fcontext", "-d", entry.path()));
      }
    }
  }

  private static void remove(Path path) throws IOException {
    // One call of the system for what is there; only who fails is worth asking why.
    if (path.toFile().delete()) {
      return;
    }
    try {
      Files.delete(path);
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone already", path);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("{} holds what the deployment did not bring, and stays", path);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
          && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      LOG.warn("{} could not be removed: {}", path, e.getMessage());
    }
  }
}
