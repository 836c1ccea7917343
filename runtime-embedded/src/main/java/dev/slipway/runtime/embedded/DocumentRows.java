package dev.slipway.runtime.embedded;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.DocumentChange;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The statements on documents. */
final class DocumentRows {

  private DocumentRows() {}

  static Optional<Document> read(Session session, String kind, String key) throws SQLException {
    return session.first(
        "SELECT version, json FROM document WHERE kind = ? AND item_key = ?",
        row -> new Document(kind, key, row.getLong(1), row.getString(2)),
        kind,
        key);
  }

  /** The bounds let the primary key find the place; SUBSTR knows where the prefix ends. */
  static List<Document> list(Session session, String kind, String prefix, String after, int limit)
      throws SQLException {
    return session.list(
        "SELECT item_key, version, json FROM document WHERE kind = ? AND item_key > ?"
            + " AND item_key >= ? AND SUBSTR(item_key, 1, LENGTH(?)) = ? ORDER BY item_key",
        limit,
        row -> new Document(kind, row.getString(1), row.getLong(2), row.getString(3)),
        kind,
        after,
        prefix,
        prefix,
        prefix);
  }

  static void write(Session session, List<DocumentChange> changes) throws SQLException {
    for (DocumentChange change : changes) {
      if (write(session, change) != 1) {
        throw new StoreException(
            Reason.CONFLICT,
            "document %s %s does not have version %d: somebody else has changed it meanwhile"
                .formatted(change.kind(), change.key(), change.expected()));
      }
    }
  }

  private static int write(Session session, DocumentChange change) throws SQLException {
    if (change.expected() == 0) {
      return session.update(
          "INSERT INTO document (kind, item_key, version, json) SELECT ?, ?, 1, ?"
              + " WHERE NOT EXISTS (SELECT 1 FROM document WHERE kind = ? AND item_key = ?)",
          change.kind(),
          change.key(),
          change.json(),
          change.kind(),
          change.key());
    }
    if (change.json() == null) {
      return session.update(
          "DELETE FROM document WHERE kind = ? AND item_key = ? AND version = ?",
          change.kind(),
          change.key(),
          change.expected());
    }
    return session.update(
        "UPDATE document SET json = ?, version = version + 1"
            + " WHERE kind = ? AND item_key = ? AND version = ?",
        change.json(),
        change.kind(),
        change.key(),
        change.expected());
  }
}
