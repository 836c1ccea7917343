package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
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

  private final InputStream in;
  private final BooleanSupplier sourceHasEnded;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /** Whether the current line goes out in pieces: the rest of it is output, not a frame. */
  private boolean inPieces;

  /**
   * The length of the pieces; it counts with the last one, so that nobody goes on inside a line.
   */
  private int sizeOfPieces;

  /** The frame whose bytes are on their way, if there is one. */
  private @Nullable Payload payload;

  private boolean over;

  /** Makes a reader that only ever waits for what comes. */
  MessageReader(InputStream in) {
    this(in, () -> false);
  }

  /**
   * Makes a reader.
   *
   * @param sourceHasEnded whether nothing more will come than what the stream holds already
   */
  MessageReader(InputStream in, BooleanSupplier sourceHasEnded) {
    this.in = new BufferedInputStream(in);
    this.sourceHasEnded = sourceHasEnded;
  }

  /** A frame of which the line is there, and of the bytes as many as came. */
  private static final class Payload {
    private final String line;
    private final List<String> words;
    private final byte[] bytes;
    private int filled;

    Payload(String line, List<String> words, int length) {
      this.line = line;
      this.words = words;
      this.bytes = new byte[length];
    }
  }

  /**
   * Returns the next message, or null when the other side has closed the channel. Waits for it. A
   * line without a newline at the very end counts as lost with the channel.
   */
  @Nullable Message next() throws IOException {
    return read(true);
  }

  /**
   * Returns the next message if all of it is there, without waiting. Null when it is not, or when
   * {@link #isOver} says that the other side has closed the channel.
   */
  @Nullable Message poll() throws IOException {
    return read(false);
  }

  /** Returns whether the other side has closed the channel and everything it said was returned. */
  boolean isOver() {
    return over;
  }

  private @Nullable Message read(boolean wait) throws IOException {
    while (!over && (wait || in.available() > 0 || sourceHasEnded.getAsBoolean())) {
      Message message = payload == null ? readLine() : readPayload(payload);
      if (message != null) {
        return message;
      }
    }
    return null;
  }

  private @Nullable Message readLine() throws IOException {
    int read = in.read();
    if (read < 0) {
      over = true;
      return null;
    }
    if (read != '\n') {
      line.write(read);
      if (line.size() < LONGEST_LINE) {
        return null;
      }
      inPieces = true;
      sizeOfPieces += line.size();
      Message piece = new Message.OutputLine(line.toString(UTF_8), 0);
      line.reset();
      return piece;
    }
    String text = line.toString(UTF_8);
    int size = line.size() + 1;
    line.reset();
    if (inPieces) {
      inPieces = false;
      int whole = sizeOfPieces + size;
      sizeOfPieces = 0;
      return new Message.OutputLine(text, whole);
    }
    if (text.startsWith("=")) {
      List<String> words = words(text);
      return new Message.Frame(words.get(0), words.subList(1, words.size()), new byte[0]);
    }
    if (text.startsWith("+")) {
      List<String> words = words(text);
      int last = words.size() - 1;
      payload = new Payload(text, words.subList(0, last), length(text, words.get(last)));
      return null;
    }
    return new Message.OutputLine(text, size);
  }

  private @Nullable Message readPayload(Payload frame) throws IOException {
    if (frame.filled < frame.bytes.length) {
      int count = in.read(frame.bytes, frame.filled, frame.bytes.length - frame.filled);
      if (count < 0) {
        throw cut(frame);
      }
      frame.filled += count;
      return null;
    }
    if (in.read() != '\n') {
      throw cut(frame);
    }
    payload = null;
    List<String> words = frame.words;
    return new Message.Frame(words.get(0), words.subList(1, words.size()), frame.bytes);
  }

  private static EOFException cut(Payload frame) {
    return new EOFException("the channel ended in the middle of a frame: " + frame.line);
  }

  private static List<String> words(String line) {
    return Arrays.asList(line.substring(1).split(" ", -1));
  }

  private static int length(String line, String size) throws IOException {
    int length;
    try {
      length = Integer.parseInt(size);
    } catch (NumberFormatException e) {
      throw new IOException("the host sent a frame without a size: " + line, e);
    }
    if (length < 0 || length > LARGEST_PAYLOAD) {
      throw new IOException("the host sent a frame of an impossible size: " + line);
    }
    return length;
  }
}
