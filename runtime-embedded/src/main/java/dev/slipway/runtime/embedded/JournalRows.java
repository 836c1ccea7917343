package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
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
  static final char EVENTS = '\u001e';
  static final char PARTS = '\u001f';

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
    Instant lastInstant = Instant.EPOCH;
    String at = lastInstant.toString();
    for (JournalEntry entry : entries) {
      if (!entry.at().equals(lastInstant)) {
        lastInstant = entry.at();
        at = lastInstant.toString();
      }
      if (text.length() > 0) {
        text.append(EVENTS);
      }
      text.append(entry.type())
          .append(PARTS)
          .append(entry.schemaVersion())
          .append(PARTS)
          .append(at)
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
          RowReader reader = new RowReader(id, row.getLong(1), row.getString(2));
          while (reader.hasNext() && found.size() < limit) {
            if (reader.sequence() > after) {
              found.add(reader.next());
            } else {
              reader.skip();
            }
          }
          return found.size() < limit;
        },
        id.value(),
        after);
    return found;
  }
}
