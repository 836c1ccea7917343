package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.InboxItem;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The statements on the inbox. The key of an item stays when it has been consumed, without a place
 * and without content, until it is settled or its rollout is over.
 */
final class InboxRows {

  /** Sorts behind all that occurs in keys. */
  private static final char LAST_CHARACTER = '\uffff';

  private InboxRows() {}

  static void deliver(Session session, DeploymentId id, InboxItem item) throws SQLException {
    boolean known =
        session
            .first(
                "SELECT 1 FROM inbox WHERE rollout = ? AND item_key = ?",
                row -> true,
                id.value(),
                item.key())
            .isPresent();
    if (!known) {
      session.update(
          "INSERT INTO inbox (rollout, item_key, at, type, json, place)"
              + " SELECT ?, ?, ?, ?, ?, COALESCE(MAX(place), 0) + 1 FROM inbox WHERE rollout = ?",
          id.value(),
          item.key(),
          item.at().toString(),
          item.type(),
          item.json(),
          id.value());
    }
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

  static void consume(Session session, DeploymentId id, List<String> keys) throws SQLException {
    for (String key : keys) {
      session.update(
          "UPDATE inbox SET place = NULL, json = NULL WHERE rollout = ? AND item_key = ?",
          id.value(),
          key);
    }
  }

  /** Forgets consumed keys by how they begin. */
  static void settle(Session session, DeploymentId id, List<String> beginnings)
      throws SQLException {
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
