package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Small files that decide what is removed and run: written whole, read only when they are ours. */
final class TrustedFiles {

  /** Nobody else may write, whatever the umask. */
  static final FileAttribute<Set<PosixFilePermission>> OWN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private TrustedFiles() {}

  /**
   * Returns the text of a file, nothing when there is none.
   *
   * @throws IOException when somebody else could have written it: then nothing of it may be
   *     believed
   */
  static Optional<String> read(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    PosixFileAttributes attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    boolean open = attributes.permissions().stream().anyMatch(OTHERS_WRITE::contains);
    int owner = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile() || open || owner != Account.uid()) {
      throw new IOException(
          file
              + " is not trusted: it must be a regular file of the account that deploys, writable"
              + " by nobody else");
    }
    return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
  }

  /**
   * Replaces the file as a whole: a reader sees the old text or the new one, and so does whoever
   * looks after a power cut.
   */
  static void write(Path file, String text) throws IOException {
    write(file, text, true);
  }

  /** The same for what means nothing after a power cut. */
  static void note(Path file, String text) throws IOException {
    write(file, text, false);
  }

  private static void write(Path file, String text, boolean isToLast) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try (FileChannel channel =
        FileChannel.open(
            fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWN)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (isToLast) {
        channel.force(true);
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Waits until what a directory lists is on disk. */
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
