package dev.slipway.host.exec;

import dev.slipway.host.plan.TailBuffer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one event: {@code scripts.log} of its deployment, the end of it for the diagnostics,
 * and a listener. Thread-safe: guarded by its own monitor.
 */
final class ScriptLog implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptLog.class);

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss ");
  private static final long LARGEST = 64L << 20;

  private final FileChannel file;
  private final DeploymentsLog deployments;
  private final OutputListener listener;
  private final InstantSource clock;
  private final DateTimeFormatter stamp;
  private final TailBuffer tail = new TailBuffer();
  private String open = "";
  private boolean listenerFailed;

  /** Opens the log for more. */
  ScriptLog(
      Path path,
      DeploymentsLog deployments,
      OutputListener listener,
      InstantSource clock,
      ZoneId zone)
      throws IOException {
    if (Files.exists(path) && Files.size(path) >= LARGEST) {
      Files.move(path, path.resolveSibling("scripts.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    this.file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            LinkOption.NOFOLLOW_LINKS);
    this.deployments = deployments;
    this.listener = listener;
    this.clock = clock;
    this.stamp = STAMP.withZone(zone);
  }

  /** Writes a line of our own. */
  void line(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    piece("", bytes, bytes.length);
  }

  /**
   * Writes a piece of a script's output.
   *
   * @param mark where it comes from: {@code [stdout]} or {@code [stderr]}
   * @param bytes begins with a line and its newline, or with a part of a line; the file gets them
   *     as they are, everybody else as UTF-8 in which what is none is replaced
   * @param length how many of the bytes there are
   */
  synchronized void piece(String mark, byte[] bytes, int length) {
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    boolean goesOn = !open.isEmpty() && open.equals(mark);
    String ended = open.isEmpty() || goesOn ? "" : "\n";
    String entry = goesOn ? text : mark + text;
    write(ended + (goesOn ? "" : stamp.format(clock.instant()) + mark));
    write(ByteBuffer.wrap(bytes, 0, length));
    tail.add(ended + entry);
    tell(ended + entry);
    deployments.write(entry);
    open = text.endsWith("\n") ? "" : mark;
  }

  /** Tells the listener; one that throws is told no more, and the script goes on. */
  private void tell(String text) {
    if (!listenerFailed) {
      try {
        listener.wrote(text);
      } catch (RuntimeException e) {
        listenerFailed = true;
        LOG.warn("{} hears no more of this event's output, because it threw", listener, e);
      }
    }
  }

  private void write(String text) {
    write(StandardCharsets.UTF_8.encode(text));
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the end of what this event has written. */
  synchronized String tail() {
    return tail.toString();
  }

  @Override
  public synchronized void close() throws IOException {
    if (!open.isEmpty()) {
      write("\n");
      open = "";
    }
    file.close();
  }
}
