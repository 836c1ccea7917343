package dev.slipway.runtime.embedded;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, and how a database of an older release becomes one of this. All migrations that are
 * needed are one transaction; a database of a newer release is refused.
 */
final class Schema {

  /** One entry for each version, from 1; what stands here is never changed, only added to. */
  private static final List<List<String>> MIGRATIONS =
      List.of(
          List.of(
              """
              CREATE TABLE rollout (
                id VARCHAR(11) PRIMARY KEY,
                application VARCHAR(100) NOT NULL,
                deployment_group VARCHAR(100) NOT NULL,
                client_token VARCHAR(200) NOT NULL,
                rollback_of VARCHAR(11),
                created_at VARCHAR(40) NOT NULL,
                place BIGINT NOT NULL,
                changed BIGINT NOT NULL,
                epoch BIGINT NOT NULL,
                version BIGINT NOT NULL,
                is_over INTEGER NOT NULL,
                specification TEXT NOT NULL,
                UNIQUE (application, deployment_group, client_token))
              """,
              "CREATE INDEX rollout_unfinished ON rollout (is_over, place)",
              "CREATE INDEX rollout_changed ON rollout (changed)",
              """
              CREATE TABLE journal (
                rollout VARCHAR(11) NOT NULL,
                last_sequence BIGINT NOT NULL,
                first_sequence BIGINT NOT NULL,
                events TEXT NOT NULL,
                PRIMARY KEY (rollout, last_sequence))
              """,
              """
              CREATE TABLE inbox (
                rollout VARCHAR(11) NOT NULL,
                item_key VARCHAR(400) NOT NULL,
                place BIGINT,
                at VARCHAR(40) NOT NULL,
                type VARCHAR(40) NOT NULL,
                json TEXT,
                PRIMARY KEY (rollout, item_key))
              """,
              "CREATE INDEX inbox_waiting ON inbox (rollout, place)",
              """
              CREATE TABLE group_page (
                application VARCHAR(100) NOT NULL,
                deployment_group VARCHAR(100) NOT NULL,
                version BIGINT NOT NULL,
                document TEXT NOT NULL,
                PRIMARY KEY (application, deployment_group))
              """),
          List.of(
              """
              CREATE TABLE document (
                kind VARCHAR(40) NOT NULL,
                item_key VARCHAR(2000) NOT NULL,
                version BIGINT NOT NULL,
                json TEXT NOT NULL,
                PRIMARY KEY (kind, item_key))
              """));

  private Schema() {}

  /** Brings the database up to date. In a transaction of its own. */
  static void migrate(Session session, Object database) throws SQLException {
    session.connection().setAutoCommit(false);
    try (Statement statement = session.connection().createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS slipway_schema (version INTEGER NOT NULL)");
      int version =
          session
              .first("SELECT COALESCE(MAX(version), 0) FROM slipway_schema", row -> row.getInt(1))
              .orElse(0);
      if (version > MIGRATIONS.size()) {
        throw new StoreException(
            Reason.TOO_NEW,
            "%s was written by a newer release (schema %d, this one knows %d): use that release"
                .formatted(database, version, MIGRATIONS.size()));
      }
      for (int next = version; next < MIGRATIONS.size(); next++) {
        for (String step : MIGRATIONS.get(next)) {
          statement.execute(step);
        }
      }
      if (version < MIGRATIONS.size()) {
        statement.execute("DELETE FROM slipway_schema");
        statement.execute("INSERT INTO slipway_schema VALUES (" + MIGRATIONS.size() + ")");
      }
    }
    session.connection().setAutoCommit(true);
  }
}
