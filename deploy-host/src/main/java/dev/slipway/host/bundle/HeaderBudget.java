package dev.slipway.host.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stream that gives a tar's headers a bounded number of bytes, and remembers them. Long names and
 * extended attributes are read into memory as a whole, and a hostile tar may say that a name has
 * gigabytes.
 */
final class HeaderBudget extends FilterInputStream {

  private static final int MOST_HEADER_BYTES = 1 << 20;
  private static final int SKIP_BUFFER_BYTES = 8192;

  private final ByteArrayOutputStream header = new ByteArrayOutputStream();
  private boolean inHeader;

  HeaderBudget(InputStream in) {
    super(in);
  }

  /** From here on a header is read. */
  void beginHeader() {
    inHeader = true;
    header.reset();
  }

  /** From here on a file's bytes are read. */
  void endHeader() {
    inHeader = false;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (inHeader && read > 0) {
      if (header.size() + read > MOST_HEADER_BYTES) {
        throw new IOException("a header of more than " + MOST_HEADER_BYTES + " bytes");
      }
      header.write(buffer, offset, read);
    }
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(n, SKIP_BUFFER_BYTES)]));
  }

  /**
   * Returns whether the last header holds each part of a path in UTF-8. The library puts question
   * marks for bytes that are not, and does not say so.
   */
  boolean holds(String path) {
    byte[] bytes = header.toByteArray();
    for (String part : path.split("/", -1)) {
      if (!contains(bytes, part.getBytes(UTF_8))) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int at = 0; at <= bytes.length - part.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
