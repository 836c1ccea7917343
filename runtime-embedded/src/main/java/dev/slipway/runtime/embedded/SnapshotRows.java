package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.Snapshot;
import java.sql.SQLException;
import java.util.Optional;

/** The statements on snapshots, of which each rollout has one at most. */
final class SnapshotRows {

  private SnapshotRows() {}

  static Optional<Snapshot> read(Session session, DeploymentId id) throws SQLException {
    return session.first(
        "SELECT sequence, state FROM snapshot WHERE rollout = ?",
        row -> new Snapshot(row.getLong(1), row.getBytes(2)),
        id.value());
  }

  /** Keeps it unless one is there that is as late. */
  static void keep(Session session, DeploymentId id, Snapshot snapshot) throws SQLException {
    long kept =
        session
            .first(
                "SELECT sequence FROM snapshot WHERE rollout = ?",
                row -> row.getLong(1),
                id.value())
            .orElse(0L);
    if (snapshot.sequence() > kept) {
      session.update("DELETE FROM snapshot WHERE rollout = ?", id.value());
      session.update(
          "INSERT INTO snapshot (rollout, sequence, state) VALUES (?, ?, ?)",
          id.value(),
          snapshot.sequence(),
          snapshot.bytes());
    }
  }
}
