package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.JournalEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements on the journal. A row holds the events of one commit, or some of very many.
 *
 * <p>In a row, events are parted by U+001E and their parts by U+001F: JSON never holds either, and
 * a row can still be read with the tools of the database.
 */
final class JournalRows {

  private static final int EVENTS_IN_A_ROW = 512;
  private static final String EVENTS = "\u001e";
  private static final String PARTS = "\u001f";

  private JournalRows() {}

  static void append(Session session, DeploymentId id, List<JournalEntry> entries)
      throws SQLException {
    for (int from = 0; from < entries.size(); from += EVENTS_IN_A_ROW) {
      List<JournalEntry> part =
          entries.subList(from, Math.min(from + EVENTS_IN_A_ROW, entries.size()));
      session.update(
          "INSERT INTO journal (rollout, last_sequence, first_sequence, events)"
              + " VALUES (?, ?, ?, ?)",
          id.value(),
          part.get(part.size() - 1).sequence(),
          part.get(0).sequence(),
          text(part));
    }
  }

  private static String text(List<JournalEntry> entries) {
    StringBuilder text = new StringBuilder();
    for (JournalEntry entry : entries) {
      text.append(text.length() == 0 ? "" : EVENTS)
          .append(entry.type())
          .append(PARTS)
          .append(entry.schemaVersion())
          .append(PARTS)
          .append(entry.at())
          .append(PARTS)
          .append(entry.json());
    }
    return text.toString();
  }

  static List<JournalEntry> read(Session session, DeploymentId id, long after, int limit)
      throws SQLException {
    List<JournalEntry> found = new ArrayList<>();
    session.each(
        "SELECT first_sequence, events FROM journal WHERE rollout = ? AND last_sequence > ?"
            + " ORDER BY last_sequence",
        row -> {
          long sequence = row.getLong(1);
          for (String event : row.getString(2).split(EVENTS, -1)) {
            if (sequence > after && found.size() < limit) {
              found.add(entry(id, sequence, event));
            }
            sequence++;
          }
          return found.size() < limit;
        },
        id.value(),
        after);
    return found;
  }

  private static JournalEntry entry(DeploymentId id, long sequence, String event) {
    String[] parts = event.split(PARTS, 4);
    try {
      return new JournalEntry(
          sequence, Instant.parse(parts[2]), parts[0], Integer.parseInt(parts[1]), parts[3]);
    } catch (RuntimeException e) {
      throw new StoreException(
          Reason.CORRUPT, "event " + sequence + " of rollout " + id + " cannot be read", e);
    }
  }
}
