package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what the runner writes: a line that begins with {@code =} is a frame, one with {@code
 * +} a frame whose last argument is the number of bytes that follow, anything else is output.
 *
 * <p>For one thread.
 */
final class MessageReader {

  /** A line of output that is longer arrives in pieces. */
  private static final int LONGEST_LINE = 64 * 1024;

  private static final int LARGEST_PAYLOAD = 256 * 1024 * 1024;
  private static final int BUFFER = 32 * 1024;

  private final InputStream in;

  /** Whether the current line goes out in pieces: the rest of it is output, not a frame. */
  private boolean inPieces;

  MessageReader(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /** Returns whether something can be read without waiting. */
  boolean hasMore() throws IOException {
    return in.available() > 0;
  }

  /**
   * Returns the next message, or null when the other side has closed the channel. A line without a
   * newline at the very end counts as lost with the channel.
   */
  @Nullable Message next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = in.read();
    while (read >= 0 && read != '\n') {
      line.write(read);
      if (line.size() >= LONGEST_LINE) {
        inPieces = true;
        return new Message.OutputLine(line.toString(UTF_8), line.size());
      }
      read = in.read();
    }
    if (read < 0) {
      return null;
    }
    String text = line.toString(UTF_8);
    if (inPieces) {
      inPieces = false;
      return new Message.OutputLine(text, line.size() + 1);
    }
    if (text.startsWith("=")) {
      List<String> words = words(text);
      return new Message.Frame(words.get(0), words.subList(1, words.size()), new byte[0]);
    }
    if (text.startsWith("+")) {
      List<String> words = words(text);
      int last = words.size() - 1;
      return new Message.Frame(
          words.get(0), words.subList(1, last), payload(text, words.get(last)));
    }
    return new Message.OutputLine(text, line.size() + 1);
  }

  private static List<String> words(String line) {
    return Arrays.asList(line.substring(1).split(" ", -1));
  }

  private byte[] payload(String line, String size) throws IOException {
    int length;
    try {
      length = Integer.parseInt(size);
    } catch (NumberFormatException e) {
      throw new IOException("the host sent a frame without a size: " + line, e);
    }
    if (length < 0 || length > LARGEST_PAYLOAD) {
      throw new IOException("the host sent a frame of an impossible size: " + line);
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length || in.read() != '\n') {
      throw new EOFException("the channel ended in the middle of a frame: " + line);
    }
    return payload;
  }
}
