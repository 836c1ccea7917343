package dev.slipway.host.bundle;

import dev.slipway.failure.RevisionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * The bytes of one entry of an archive, counted and checked: what cannot be read, is too much, or
 * is not what the archive promised ends in a {@link RevisionException}.
 */
final class CountedContent extends FilterInputStream {

  private static final int SKIP_BUFFER_BYTES = 8192;

  private final IntakeGate gate;
  private final String path;
  private final Promise promise;
  private final CRC32 crc = new CRC32();
  private long count;
  private boolean ended;

  /**
   * What an archive says about the bytes of an entry.
   *
   * @param size how many there are
   * @param crc their CRC-32, or {@link #UNCHECKED}
   */
  record Promise(long size, long crc) {
    static final long UNCHECKED = -1;
  }

  CountedContent(InputStream in, IntakeGate gate, String path, Promise promise) {
    super(in);
    this.gate = gate;
    this.path = path;
    this.promise = promise;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int read = readOrRefuse(buffer, offset, length);
    if (read < 0) {
      ended = true;
      checkEnd();
      return -1;
    }
    count += read;
    gate.countBytes(read);
    if (count > promise.size()) {
      throw gate.refusal(
          "it is damaged: "
              + IntakeGate.quote(path)
              + " has more than the "
              + promise.size()
              + " bytes it promises");
    }
    if (promise.crc() != Promise.UNCHECKED) {
      crc.update(buffer, offset, read);
    }
    return read;
  }

  private int readOrRefuse(byte[] buffer, int offset, int length) {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The archive library lets both kinds out when data makes no sense.
      throw gate.damage("it is damaged or cut off in " + IntakeGate.quote(path), e);
    }
  }

  private void checkEnd() {
    if (count != promise.size()) {
      throw gate.refusal(
          "it is damaged: "
              + IntakeGate.quote(path)
              + " has "
              + count
              + " bytes, not the "
              + promise.size()
              + " it promises");
    }
    if (promise.crc() != Promise.UNCHECKED && crc.getValue() != promise.crc()) {
      throw gate.refusal(
          "it is damaged: the bytes of " + IntakeGate.quote(path) + " do not fit their checksum");
    }
  }

  /** Reads what is left, so that it is counted and checked too. */
  void drain() throws IOException {
    byte[] buffer = new byte[SKIP_BUFFER_BYTES];
    int read;
    do {
      read = read(buffer, 0, buffer.length);
    } while (read >= 0);
  }

  @Override
  public long skip(long n) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(n, SKIP_BUFFER_BYTES)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
