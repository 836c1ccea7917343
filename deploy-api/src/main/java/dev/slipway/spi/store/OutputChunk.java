package dev.slipway.spi.store;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A piece of what the scripts of one run of a lifecycle event printed.
 *
 * <p>Immutable: bytes are copied in and out.
 */
public final class OutputChunk {

  private final HostId host;
  private final LifecycleEvent event;
  private final int attempt;
  private final long offset;
  private final byte[] bytes;

  /**
   * Makes one.
   *
   * @param host where
   * @param event which event
   * @param attempt from 1
   * @param offset how many bytes this run had printed before, from 0
   * @param bytes what it printed, text in UTF-8 as a rule
   * @throws IllegalArgumentException if the attempt is under 1 or the offset under 0
   */
  public OutputChunk(HostId host, LifecycleEvent event, int attempt, long offset, byte[] bytes) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt must be at least 1, but was " + attempt);
    }
    if (offset < 0) {
      throw new IllegalArgumentException("offset must be at least 0, but was " + offset);
    }
    this.host = host;
    this.event = event;
    this.attempt = attempt;
    this.offset = offset;
    this.bytes = bytes.clone();
  }

  /** Returns where it was printed. */
  public HostId host() {
    return host;
  }

  /** Returns which event printed it. */
  public LifecycleEvent event() {
    return event;
  }

  /** Returns which attempt of the event printed it, from 1. */
  public int attempt() {
    return attempt;
  }

  /** Returns how many bytes the run had printed before. */
  public long offset() {
    return offset;
  }

  /** Returns the offset of what follows. */
  public long end() {
    return offset + bytes.length;
  }

  /** Returns how many bytes there are. */
  public int size() {
    return bytes.length;
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the bytes as text; what is no UTF-8, as at a cut character, is replaced. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Returns the part of this chunk between two offsets of the run, without bytes when it has none
   * there.
   *
   * @param from the first offset, at least 0
   * @param to the offset after the last
   */
  public OutputChunk between(long from, long to) {
    long first = Math.min(Math.max(offset, from), end());
    long last = Math.max(first, Math.min(end(), to));
    return new OutputChunk(
        host,
        event,
        attempt,
        first,
        Arrays.copyOfRange(bytes, (int) (first - offset), (int) (last - offset)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutputChunk chunk
        && host.equals(chunk.host)
        && event == chunk.event
        && attempt == chunk.attempt
        && offset == chunk.offset
        && Arrays.equals(bytes, chunk.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + Arrays.hashCode(bytes);
  }

  /** Returns where the chunk belongs, without its bytes. */
  @Override
  public String toString() {
    return "OutputChunk[%s/%s/%d, %d bytes from %d]"
        .formatted(host, event.wireName(), attempt, bytes.length, offset);
  }
}
