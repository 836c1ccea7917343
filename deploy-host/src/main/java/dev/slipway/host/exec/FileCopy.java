package dev.slipway.host.exec;

import dev.slipway.host.bundle.CreationMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies regular files with their modes, owners and times, and nothing else: the labels and
 * extended attributes of the revision's directory are not those of the place a file goes to. Not
 * thread-safe.
 */
final class FileCopy {

  private static final Logger LOG = LoggerFactory.getLogger(FileCopy.class);

  private static final int ALL_BITS = 07777;

  /** The bits that let a program run as somebody else. */
  private static final int SET_ID_BITS = 06000;

  /** Up to this size a file is read at once; the kernel copies larger ones faster by itself. */
  private static final int SMALL_BYTES = 1 << 16;

  private static final String SOURCE_FACTS =
      "unix:mode,uid,gid,size,isRegularFile,lastModifiedTime,lastAccessTime";

  private final int copiedBits;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SMALL_BYTES);
  private @Nullable Made lastMade;

  /**
   * A file as it was made, before anything of it was changed.
   *
   * @param asked the mode that was asked for
   * @param mode the mode that it got
   */
  private record Made(Path directory, int asked, int mode, int uid, int gid) {}

  /** Makes one that copies all bits, or all but the set-id bits. */
  FileCopy(boolean keepSetIdBits) {
    copiedBits = keepSetIdBits ? ALL_BITS : ALL_BITS & ~SET_ID_BITS;
  }

  /** Copies to a path where nothing is. */
  void copy(Path source, Path destination) throws IOException {
    Map<String, Object> facts =
        Files.readAttributes(source, SOURCE_FACTS, LinkOption.NOFOLLOW_LINKS);
    if (!Objects.equals(facts.get("isRegularFile"), true)) {
      throw new FileSystemException(source.toString(), null, "is no regular file");
    }
    int mode = number(facts, "mode").intValue() & copiedBits;
    try (FileChannel in =
            FileChannel.open(source, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        FileChannel out =
            FileChannel.open(
                destination,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                CreationMode.of(mode))) {
      if (number(facts, "size").longValue() < SMALL_BYTES) {
        copySmall(in, out);
      } else {
        copyLarge(in, out);
      }
    }
    giveAttributes(destination, facts, mode);
  }

  private static Number number(Map<String, Object> facts, String name) {
    return (Number) Objects.requireNonNull(facts.get(name));
  }

  /** Reads to the end, wherever that is by now. */
  private void copySmall(FileChannel in, FileChannel out) throws IOException {
    buffer.clear();
    while (in.read(buffer) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      buffer.clear();
    }
  }

  private static void copyLarge(FileChannel in, FileChannel out) throws IOException {
    long size = in.size();
    long position = 0;
    while (position < size) {
      long moved = in.transferTo(position, size - position, out);
      if (moved <= 0) {
        break;
      }
      position += moved;
    }
  }

  private void giveAttributes(Path destination, Map<String, Object> source, int mode)
      throws IOException {
    Made now = lookAt(destination, mode);
    boolean same =
        now.uid() == number(source, "uid").intValue()
            && now.gid() == number(source, "gid").intValue();
    boolean owned = same || chown(destination, source);
    // After the owner, because a change of owner takes set-id bits away; and nobody's program runs
    // as the account that deploys because its own account could not be set.
    int allowed = owned ? mode : mode & ~SET_ID_BITS;
    if (!same || now.mode() != allowed) {
      // A link that somebody has put there meanwhile is not followed, here and below.
      Files.setAttribute(destination, "unix:mode", allowed, LinkOption.NOFOLLOW_LINKS);
    }
    Files.getFileAttributeView(destination, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(
            (FileTime) source.get("lastModifiedTime"),
            (FileTime) source.get("lastAccessTime"),
            null);
  }

  /**
   * Returns what a file is that was just made with a mode. The system decides that by the directory
   * and the mode, so it is not asked again for the next file of both; but for each file that could
   * run as somebody else.
   */
  private Made lookAt(Path destination, int mode) throws IOException {
    Made before = lastMade;
    Path directory = Objects.requireNonNull(destination.getParent());
    if (before != null
        && before.asked() == mode
        && (mode & SET_ID_BITS) == 0
        && before.directory().equals(directory)) {
      return before;
    }
    Map<String, Object> found =
        Files.readAttributes(destination, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
    Made made =
        new Made(
            directory,
            mode,
            number(found, "mode").intValue() & ALL_BITS,
            number(found, "uid").intValue(),
            number(found, "gid").intValue());
    lastMade = made;
    return made;
  }

  /** Returns whether the file could be given away. */
  private static boolean chown(Path destination, Map<String, Object> source) throws IOException {
    try {
      Files.setAttribute(destination, "unix:gid", source.get("gid"), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(destination, "unix:uid", source.get("uid"), LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (FileSystemException e) {
      LOG.debug("{} keeps the account that deploys: {}", destination, e.getMessage());
      return false;
    }
  }
}
