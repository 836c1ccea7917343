package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.JournalEntry;
import java.time.Instant;

/**
 * Takes the events of a row of the journal apart. Events of one commit share their instant, so that
 * it is parsed once. Used by one thread.
 */
final class RowReader {

  private final DeploymentId id;
  private final String text;
  private long sequence;
  private int position;
  private String lastAt = "";
  private Instant lastInstant = Instant.EPOCH;

  RowReader(DeploymentId id, long firstSequence, String text) {
    this.id = id;
    this.sequence = firstSequence;
    this.text = text;
  }

  boolean hasNext() {
    return position <= text.length();
  }

  /** Returns the sequence number of the next event. */
  long sequence() {
    return sequence;
  }

  void skip() {
    part(JournalRows.EVENTS);
    sequence++;
  }

  JournalEntry next() {
    try {
      String type = part(JournalRows.PARTS);
      int schemaVersion = Integer.parseInt(part(JournalRows.PARTS));
      Instant at = instant(part(JournalRows.PARTS));
      String json = part(JournalRows.EVENTS);
      return new JournalEntry(sequence++, at, type, schemaVersion, json);
    } catch (RuntimeException e) {
      throw new StoreException(
          Reason.CORRUPT, "event " + sequence + " of rollout " + id + " cannot be read", e);
    }
  }

  private Instant instant(String at) {
    if (!at.equals(lastAt)) {
      lastInstant = Instant.parse(at);
      lastAt = at;
    }
    return lastInstant;
  }

  /** Returns what comes before the next separator, and goes behind it. */
  private String part(char separator) {
    int end = text.indexOf(separator, position);
    int until = end < 0 ? text.length() : end;
    String part = text.substring(position, until);
    position = until + 1;
    return part;
  }
}
