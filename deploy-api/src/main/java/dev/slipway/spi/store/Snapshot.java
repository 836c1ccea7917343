package dev.slipway.spi.store;

import java.util.Arrays;

/**
 * Where a rollout stood after one of its events, so that a reader need not begin with the first. It
 * says nothing that the journal does not say.
 *
 * <p>Immutable: bytes are copied in and out.
 */
public final class Snapshot {

  private final long sequence;
  private final byte[] bytes;

  /**
   * Makes one.
   *
   * @param sequence of the last event that it takes into account, at least 1
   * @param bytes a form that the engine reads and writes
   * @throws IllegalArgumentException if the sequence is under 1
   */
  public Snapshot(long sequence, byte[] bytes) {
    if (sequence < 1) {
      throw new IllegalArgumentException("sequence must be at least 1, but was " + sequence);
    }
    this.sequence = sequence;
    this.bytes = bytes.clone();
  }

  /** Returns the sequence number of the last event that it takes into account. */
  public long sequence() {
    return sequence;
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Snapshot snapshot
        && sequence == snapshot.sequence
        && Arrays.equals(bytes, snapshot.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(sequence) + Arrays.hashCode(bytes);
  }

  /** Returns the sequence number and the size. */
  @Override
  public String toString() {
    return "Snapshot[%d bytes at %d]".formatted(bytes.length, sequence);
  }
}
