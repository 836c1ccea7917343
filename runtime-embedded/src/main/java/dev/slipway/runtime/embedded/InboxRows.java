package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.InboxItem;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The statements on the inbox. The key of an item stays when it has been consumed, without a place
 * and without content, until it is settled or its rollout is over.
 */
final class InboxRows {

  /** Sorts behind all that occurs in keys. */
  private static final char LAST_CHARACTER = '\uffff';

  private InboxRows() {}

  static void deliver(Transaction transaction, DeploymentId id, InboxItem item)
      throws SQLException {
    transaction
        .session()
        .update(
            "INSERT INTO inbox (rollout, item_key, at, type, json, place)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            id.value(),
            item.key(),
            item.at().toString(),
            item.type(),
            item.json(),
            transaction.nextPlace());
  }

  static List<InboxItem> waiting(Session session, DeploymentId id, int limit) throws SQLException {
    return session.list(
        "SELECT item_key, at, type, json FROM inbox WHERE rollout = ? AND place IS NOT NULL"
            + " ORDER BY place",
        limit,
        row ->
            new InboxItem(
                row.getString(1),
                Instant.parse(row.getString(2)),
                row.getString(3),
                row.getString(4)),
        id.value());
  }

  /**
   * Takes items away.
   *
   * @param settled beginnings of keys that are not remembered
   */
  static void consume(Session session, DeploymentId id, List<String> keys, List<String> settled)
      throws SQLException {
    NavigableSet<String> beginnings = new TreeSet<>(settled);
    for (String key : keys) {
      String beginning = beginnings.floor(key);
      session.update(
          beginning != null && key.startsWith(beginning)
              ? "DELETE FROM inbox WHERE rollout = ? AND item_key = ?"
              : "UPDATE inbox SET place = NULL, json = NULL WHERE rollout = ? AND item_key = ?",
          id.value(),
          key);
    }
    for (String beginning : beginnings) {
      session.update(
          "DELETE FROM inbox WHERE rollout = ? AND item_key >= ? AND item_key < ?"
              + " AND place IS NULL",
          id.value(),
          beginning,
          beginning + LAST_CHARACTER);
    }
  }

  static void clear(Session session, DeploymentId id) throws SQLException {
    session.update("DELETE FROM inbox WHERE rollout = ?", id.value());
  }
}
