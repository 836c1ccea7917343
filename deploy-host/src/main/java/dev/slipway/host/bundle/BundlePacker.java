package dev.slipway.host.bundle;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Packs a directory into a tar that depends on the tree alone: entries in the order of their names,
 * owned by 0:0, times to the second, modes and links as they are. The same tree gives the same
 * bytes (compressed: with the same Java).
 *
 * <p>Thread-safe. Blocks on the file system. Memory does not grow with the size of the files.
 */
public final class BundlePacker {

  private static final int BUFFER_BYTES = 1 << 16;

  private final IntakeOptions options;

  /** Makes one that refuses in a directory what these options refuse in a bundle. */
  public BundlePacker(IntakeOptions options) {
    this.options = options;
  }

  /**
   * Packs a directory.
   *
   * @param directory what is packed; itself it is not in the archive
   * @param archive the file to be, replaced at the end if it exists; not in {@code directory}
   * @param type {@link BundleType#TAR} or {@link BundleType#TGZ}
   * @throws RevisionException if there is no such directory, it holds what no bundle may, it
   *     changes meanwhile, or the archive cannot be written; then no archive is left
   */
  public void pack(Path directory, Path archive, BundleType type) {
    if (type != BundleType.TAR && type != BundleType.TGZ) {
      throw new IllegalArgumentException("a directory is packed as tar or tgz, not as " + type);
    }
    Path part = archive.resolveSibling(archive.getFileName() + ".part");
    try {
      BundleSource source =
          BundleSource.of(
              directory,
              BundleType.DIRECTORY,
              IntakeGate.of(directory, BundleType.DIRECTORY, options));
      refuseInside(directory, archive);
      write(source, directory, part, type);
      Files.move(
          part, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RevisionException("packing " + directory + " into " + archive + ": " + e, e);
    } finally {
      deleteQuietly(part);
    }
  }

  private static void refuseInside(Path directory, Path archive) throws IOException {
    Path parent = archive.toAbsolutePath().getParent();
    if (parent != null && parent.toRealPath().startsWith(directory.toRealPath())) {
      throw new RevisionException(
          archive + " cannot be packed: it would be inside of " + directory + " itself");
    }
  }

  private static void write(BundleSource source, Path directory, Path part, BundleType type)
      throws IOException {
    try (OutputStream file =
            new BufferedOutputStream(
                Files.newOutputStream(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE),
                BUFFER_BYTES);
        OutputStream bytes =
            type == BundleType.TGZ ? new GZIPOutputStream(file, BUFFER_BYTES) : file;
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      source.tellAll(new TarSink(directory.toRealPath(), tar));
      tar.finish();
    }
  }

  private static void deleteQuietly(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // The exception on its way says what went wrong; the next packing overwrites the file.
    }
  }
}
