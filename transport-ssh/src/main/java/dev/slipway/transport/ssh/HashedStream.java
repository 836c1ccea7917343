package dev.slipway.transport.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts and digests all that goes by, also what is skipped. */
final class HashedStream extends FilterInputStream {

  private static final int BUFFER = 64 * 1024;

  private final MessageDigest digest;
  private long count;

  HashedStream(InputStream in, MessageDigest digest) {
    super(in);
    this.digest = digest;
  }

  /** Returns how many bytes have gone by. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    if (one >= 0) {
      digest.update((byte) one);
      count++;
    }
    return one;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = in.read(bytes, from, length);
    if (read > 0) {
      digest.update(bytes, from, read);
      count += read;
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    byte[] skipped = new byte[(int) Math.min(BUFFER, Math.max(0, wanted))];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
