package dev.slipway.host.exec;

import dev.slipway.host.plan.TailBuffer;
import java.io.Closeable;
import java.io.IOException;
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

/**
 * The log of one event: {@code scripts.log} of its deployment, the end of it for the diagnostics,
 * and a listener. Thread-safe: guarded by its own monitor.
 */
final class ScriptLog implements Closeable {

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
    piece("", text + "\n");
  }

  /**
   * Writes a piece of a script's output.
   *
   * @param mark where it comes from: {@code [stdout]} or {@code [stderr]}
   * @param text a line with its newline, or a part of a line
   */
  synchronized void piece(String mark, String text) {
    boolean goesOn = !open.isEmpty() && open.equals(mark);
    String ended = open.isEmpty() || goesOn ? "" : "\n";
    String entry = goesOn ? text : mark + text;
    String shown = ended + (goesOn ? "" : stamp.format(clock.instant())) + entry;
    write(shown);
    tail.add(ended + entry);
    listener.wrote(ended + entry);
    deployments.write(entry);
    open = text.endsWith("\n") ? "" : mark;
  }

  private void write(String text) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
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
