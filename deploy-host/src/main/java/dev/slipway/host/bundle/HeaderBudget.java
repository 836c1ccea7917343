package dev.slipway.host.bundle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that gives a tar's headers a bounded number of bytes. Long names and extended attributes
 * are read into memory as a whole, and a hostile tar may say that a name has gigabytes.
 */
final class HeaderBudget extends FilterInputStream {

  private static final int MOST_HEADER_BYTES = 1 << 20;

  private boolean inHeader;
  private int left;

  HeaderBudget(InputStream in) {
    super(in);
  }

  /** From here on a header is read. */
  void beginHeader() {
    inHeader = true;
    left = MOST_HEADER_BYTES;
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
    spend(read);
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = in.skip(n);
    spend(skipped);
    return skipped;
  }

  private void spend(long bytes) throws IOException {
    if (!inHeader) {
      return;
    }
    left -= (int) Math.max(0, Math.min(bytes, Integer.MAX_VALUE / 2));
    if (left < 0) {
      throw new IOException("a header of more than " + MOST_HEADER_BYTES + " bytes");
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
