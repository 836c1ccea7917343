package dev.slipway.host.exec;

import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.CleanupList.Entry;
import dev.slipway.host.plan.CleanupList.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The cleanup file while an install writes it. Each line reaches the operating system before what
 * it names is created, so an install that is killed leaves nothing that the next one does not know
 * of.
 */
final class CleanupJournal implements Closeable {

  private final FileChannel channel;
  private final StringBuilder noted = new StringBuilder();

  /** Starts an empty file. */
  CleanupJournal(Path file) throws IOException {
    channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            TrustedFiles.OWN);
  }

  /** Notes an entry, which is to be written before what it names is created. */
  void note(Kind kind, String path) {
    noted.append(new Entry(kind, path).line());
  }

  /** Writes what was noted. */
  void write() throws IOException {
    ByteBuffer lines = StandardCharsets.UTF_8.encode(CharBuffer.wrap(noted));
    noted.setLength(0);
    while (lines.hasRemaining()) {
      channel.write(lines);
    }
  }

  /** Writes an entry, after what was noted before; the returned position takes it back. */
  long add(Kind kind, String path) throws IOException {
    write();
    long before = channel.position();
    note(kind, path);
    write();
    return before;
  }

  /** Takes back what was added since the position: it has not been created. */
  void takeBack(long position) throws IOException {
    channel.truncate(position);
    channel.position(position);
  }

  /** Returns what a cleanup file says, nothing when there is none. */
  static CleanupList read(Path file) throws IOException {
    return TrustedFiles.read(file).map(CleanupList::parse).orElse(CleanupList.EMPTY);
  }

  @Override
  public void close() throws IOException {
    channel.force(true);
    channel.close();
  }
}
