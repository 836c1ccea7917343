package dev.slipway.host.bundle;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Unpacks a bundle into a deployment's archive directory, all or nothing.
 *
 * <p>What is kept: of a tar modes, times, links, and as root the owners; of a zip modes and links
 * as far as they are in it, and times; of a directory modes under the process's umask, and links.
 * Set-id bits of files are dropped unless chosen otherwise. Afterwards a leading directory of an
 * archive is taken off.
 *
 * <p>Thread-safe for different target directories. Blocks on the file system; an interrupt ends it,
 * and the thread stays interrupted. Memory does not grow with the size of a bundle.
 */
public final class BundleUnpacker {

  private static final int ROOT_MODE = 0755;
  private static final String STAGING_SUFFIX = "-temp";
  private static final String OLD_SUFFIX = "-old";

  private final IntakeOptions options;

  private final Runnable unpacked;

  /** Makes one with these options. */
  public BundleUnpacker(IntakeOptions options) {
    this(options, () -> {});
  }

  /**
   * Makes one with these options.
   *
   * @param unpacked told after each entry of a bundle, by the thread that unpacks
   */
  public BundleUnpacker(IntakeOptions options, Runnable unpacked) {
    this.options = options;
    this.unpacked = unpacked;
  }

  /**
   * Unpacks a bundle. It is written beside the target (the target's name with {@code -temp} behind
   * it) and becomes the target at the end, in the place of whatever was there. If anything fails,
   * what was there is as it was, and nothing is left beside it.
   *
   * @param bundle an archive file, or a directory
   * @param type what it is
   * @param target the directory to be; the directory it is in must exist
   * @throws RevisionException if there is no such bundle, it is damaged or refused, or it cannot be
   *     written, for example because the disk is full
   */
  public void unpack(Path bundle, BundleType type, Path target) {
    Path staging = target.resolveSibling(target.getFileName() + STAGING_SUFFIX);
    try {
      refuseCopyIntoItself(bundle, type, staging);
      TreeDeletion.delete(staging);
      Files.createDirectory(
          staging,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      write(bundle, type, staging);
      Path root = type == BundleType.DIRECTORY ? staging : withoutLeadingDirectory(staging);
      UnixFiles.setMode(root, ROOT_MODE);
      replace(target, root);
    } catch (IOException e) {
      throw failure(bundle, target, e);
    } finally {
      deleteQuietly(staging);
    }
  }

  /** Deleting may fail half-way, so what was there first moves out of the way. */
  private static void replace(Path target, Path by) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(by, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path old = target.resolveSibling(target.getFileName() + OLD_SUFFIX);
    TreeDeletion.delete(old);
    Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(by, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    deleteQuietly(old);
  }

  private static void refuseCopyIntoItself(Path bundle, BundleType type, Path staging)
      throws IOException {
    Path parent = staging.toAbsolutePath().getParent();
    if (type == BundleType.DIRECTORY
        && parent != null
        && Files.isDirectory(bundle)
        && parent.toRealPath().startsWith(bundle.toRealPath())) {
      throw new RevisionException(
          bundle + " cannot be copied into itself; it holds the deployment directory " + parent);
    }
  }

  private void write(Path bundle, BundleType type, Path staging) throws IOException {
    IntakeGate gate = IntakeGate.of(bundle, type, options);
    TreeWriter writer = new TreeWriter(staging, gate);
    BundleSource.of(bundle, type, gate).tellAll(new WatchedSink(writer, unpacked));
    writer.finishDirectories();
  }

  private static Path withoutLeadingDirectory(Path unpacked) throws IOException {
    List<Path> top = list(unpacked);
    if (top.size() != 1) {
      return unpacked;
    }
    Path only = top.get(0);
    Optional<UnixFiles.Status> status = UnixFiles.status(only);
    if (status.isEmpty() || !status.get().isDirectory()) {
      return unpacked;
    }
    // Its own mode may keep its owner from looking into it.
    UnixFiles.setMode(only, ROOT_MODE);
    boolean strip =
        list(only).stream()
            .anyMatch(entry -> LeadingDirectory.isAppSpecLike(entry.getFileName().toString()));
    if (!strip) {
      UnixFiles.setMode(only, status.get().permissions());
    }
    return strip ? only : unpacked;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.toList();
    }
  }

  private static RevisionException failure(Path bundle, Path target, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new RevisionException("unpacking " + bundle + " was interrupted", e);
    }
    if (e instanceof FileSystemException f
        && f.getReason() != null
        && f.getReason().contains("No space left")) {
      return diskFull(e);
    }
    String message = e.getMessage();
    if (message != null && message.contains("No space left")) {
      return diskFull(e);
    }
    return new RevisionException("unpacking " + bundle + " into " + target + ": " + e, e);
  }

  private static RevisionException diskFull(IOException e) {
    return new RevisionException("The disk is (or was) full during extraction.", e);
  }

  private static void deleteQuietly(Path tree) {
    try {
      TreeDeletion.delete(tree);
    } catch (IOException e) {
      // What went wrong is told by now, if anything did; the next unpacking clears the place again.
    }
  }
}
