package dev.slipway.engine.store;

import dev.slipway.failure.RevisionException;
import dev.slipway.host.bundle.BundleDigest;
import dev.slipway.host.bundle.BundlePacker;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.revision.BundleType;
import dev.slipway.revision.Revision;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.revision.RevisionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps bundles as files of one directory, named by their SHA-256; a directory is packed as tgz.
 *
 * <p>Thread-safe, also between processes: a bundle is complete before it gets its name.
 */
public final class DirectoryRevisionStore implements RevisionStore {

  private static final List<BundleType> ARCHIVES =
      List.of(BundleType.TGZ, BundleType.TAR, BundleType.ZIP);

  private final Path directory;
  private final BundlePacker packer = new BundlePacker(IntakeOptions.SAFE);

  /**
   * Keeps bundles in a directory, which is created when it is needed.
   *
   * @param directory the directory
   */
  public DirectoryRevisionStore(Path directory) {
    this.directory = directory;
  }

  @Override
  public RevisionId identify(Revision revision) {
    if (revision instanceof Revision.Stored stored) {
      return get(stored.id()).id();
    }
    if (revision instanceof Revision.LocalArchive archive) {
      return BundleDigest.of(readable(archive.path()));
    }
    return TemporaryDirectory.with(
        null, temporary -> BundleDigest.of(archiveOf(revision, temporary)));
  }

  @Override
  public Bundle put(Revision revision) {
    if (revision instanceof Revision.Stored stored) {
      return get(stored.id());
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new RevisionException("cannot keep bundles in " + directory + ": " + e.getMessage(), e);
    }
    return TemporaryDirectory.with(
        directory,
        temporary -> {
          Path part = archiveOf(revision, temporary);
          BundleType type = BundleType.of(part.toString());
          Path file = file(BundleDigest.of(part), type);
          if (!Files.exists(file)) {
            DurableFiles.move(part, file);
          }
          return bundle(file, type);
        });
  }

  @Override
  public Bundle get(RevisionId id) {
    for (BundleType type : ARCHIVES) {
      Path file = file(id, type);
      if (Files.exists(file)) {
        try {
          return bundle(file, type);
        } catch (IOException e) {
          throw new RevisionException("cannot read " + file + ": " + e.getMessage(), e);
        }
      }
    }
    throw new RevisionException(
        "revision " + id.abbreviated() + " is not in " + directory + ": deploy its bundle anew");
  }

  /** Returns an archive of the revision in the temporary directory. */
  private Path archiveOf(Revision revision, Path temporary) throws IOException {
    if (revision instanceof Revision.LocalArchive archive) {
      Path part = temporary.resolve("bundle." + archive.type().wireName());
      return Files.copy(readable(archive.path()), part);
    }
    if (revision instanceof Revision.LocalDirectory local) {
      Path part = temporary.resolve("bundle.tgz");
      packer.pack(local.path(), part, BundleType.TGZ);
      return part;
    }
    throw new IllegalArgumentException("no archive is made of " + revision);
  }

  private static Path readable(Path archive) {
    if (!Files.isRegularFile(archive)) {
      throw new RevisionException(
          "there is no bundle at " + archive.toAbsolutePath() + ": build it or mend the path");
    }
    return archive;
  }

  private Path file(RevisionId id, BundleType type) {
    return directory.resolve(id.sha256() + "." + type.wireName());
  }

  private static Bundle bundle(Path file, BundleType type) throws IOException {
    String name = file.getFileName().toString();
    return new Bundle(
        new RevisionId(name.substring(0, name.indexOf('.'))), type, file, Files.size(file));
  }
}
