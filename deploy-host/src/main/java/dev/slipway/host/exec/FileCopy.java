package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies one regular file with its mode, owner and times. */
final class FileCopy {

  private static final Logger LOG = LoggerFactory.getLogger(FileCopy.class);

  private static final int ALL_BITS = 07777;

  /** The bits that let a program run as somebody else. */
  private static final int SET_ID_BITS = 06000;

  private final int copiedBits;

  /** Makes one that copies all bits, or all but the set-id bits. */
  FileCopy(boolean keepSetIdBits) {
    copiedBits = keepSetIdBits ? ALL_BITS : ALL_BITS & ~SET_ID_BITS;
  }

  /** Copies to a path where nothing is. */
  void copy(Path source, Path destination) throws IOException {
    Map<String, Object> unix =
        Files.readAttributes(source, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
    BasicFileAttributes times =
        Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!times.isRegularFile()) {
      throw new FileSystemException(source.toString(), null, "is no regular file");
    }
    try (FileChannel in = FileChannel.open(source, LinkOption.NOFOLLOW_LINKS);
        FileChannel out =
            FileChannel.open(
                destination, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
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
    chown(destination, unix);
    int mode = (Integer) unix.getOrDefault("mode", 0);
    Files.setAttribute(destination, "unix:mode", mode & copiedBits);
    Files.getFileAttributeView(destination, BasicFileAttributeView.class)
        .setTimes(times.lastModifiedTime(), times.lastAccessTime(), null);
  }

  private static void chown(Path destination, Map<String, Object> unix) throws IOException {
    Map<String, Object> now =
        Files.readAttributes(destination, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    try {
      for (String half : new String[] {"uid", "gid"}) {
        if (!Objects.equals(now.get(half), unix.get(half))) {
          Files.setAttribute(destination, "unix:" + half, unix.get(half));
        }
      }
    } catch (FileSystemException e) {
      LOG.debug("{} keeps the account that deploys: {}", destination, e.getMessage());
    }
  }
}
