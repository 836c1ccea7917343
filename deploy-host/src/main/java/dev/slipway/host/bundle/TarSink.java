package dev.slipway.host.bundle;

import dev.slipway.failure.RevisionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes the entries of a directory as a tar. */
final class TarSink implements MemberSink {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path directory;
  private final TarArchiveOutputStream tar;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  TarSink(Path directory, TarArchiveOutputStream tar) {
    this.directory = directory;
    this.tar = tar;
  }

  @Override
  public void directory(Member member) throws IOException {
    put(entry(member, member.path() + '/', TarConstants.LF_DIR));
    tar.closeArchiveEntry();
  }

  @Override
  public void file(Member member, long size, Content content) throws IOException {
    TarArchiveEntry entry = entry(member, member.path(), TarConstants.LF_NORMAL);
    entry.setSize(size);
    put(entry);
    long left = size;
    try (InputStream in = content.open()) {
      for (int read = in.read(buffer); read >= 0 && left >= 0; read = in.read(buffer)) {
        left -= read;
        if (left >= 0) {
          tar.write(buffer, 0, read);
        }
      }
    }
    if (left != 0) {
      throw new RevisionException(
          directory.resolve(member.path()) + " changed while it was packed; pack it again");
    }
    tar.closeArchiveEntry();
  }

  @Override
  public void symlink(Member member, String target) throws IOException {
    TarArchiveEntry entry = entry(member, member.path(), TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    put(entry);
    tar.closeArchiveEntry();
  }

  @Override
  public void hardlink(Member member, String earlier) {
    throw new IllegalStateException("a directory has no hard links to tell: " + member.path());
  }

  private TarArchiveEntry entry(Member member, String name, byte kind) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setMode(member.mode());
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    FileTime modified =
        Files.getLastModifiedTime(directory.resolve(member.path()), LinkOption.NOFOLLOW_LINKS);
    entry.setLastModifiedTime(FileTime.from(modified.toInstant().truncatedTo(ChronoUnit.SECONDS)));
    return entry;
  }

  private void put(TarArchiveEntry entry) throws IOException {
    tar.putArchiveEntry(entry);
  }
}
