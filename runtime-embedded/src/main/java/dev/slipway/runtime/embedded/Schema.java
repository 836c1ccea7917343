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

  /** Rollouts and the pages of groups. */
  static final Schema ROLLOUTS =
      new Schema(
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
                  """),
              List.of(
                  """
                  CREATE TABLE snapshot (
                    rollout VARCHAR(11) PRIMARY KEY,
                    sequence BIGINT NOT NULL,
                    state BLOB NOT NULL)
                  """)));

  /** What scripts printed. */
  static final Schema OUTPUT =
      new Schema(
          List.of(
              List.of(
                  """
                  CREATE TABLE output_total (
                    rollout VARCHAR(11) PRIMARY KEY,
                    last_place BIGINT NOT NULL,
                    kept_bytes BIGINT NOT NULL)
                  """,
                  """
                  CREATE TABLE output (
                    rollout VARCHAR(11) NOT NULL,
                    place BIGINT NOT NULL,
                    host VARCHAR(200) NOT NULL,
                    event VARCHAR(40) NOT NULL,
                    attempt INTEGER NOT NULL,
                    first_byte BIGINT NOT NULL,
                    end_byte BIGINT NOT NULL,
                    is_cut INTEGER NOT NULL,
                    printed BLOB NOT NULL,
                    PRIMARY KEY (rollout, place))
                  """,
                  "CREATE INDEX output_run ON output (rollout, host, event, attempt, end_byte)")));

  /** One entry for each version, from 1; what stands here is never changed, only added to. */
  private final List<List<String>> migrations;

  private Schema(List<List<String>> migrations) {
    this.migrations = List.copyOf(migrations);
  }

  /** Brings the database up to date. In a transaction of its own. */
  void migrate(Session session, Object database) throws SQLException {
    session.connection().setAutoCommit(false);
    try (Statement statement = session.connection().createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS slipway_schema (version INTEGER NOT NULL)");
      int version =
          session
              .first("SELECT COALESCE(MAX(version), 0) FROM slipway_schema", row -> row.getInt(1))
              .orElse(0);
      if (version > migrations.size()) {
        throw new StoreException(
            Reason.TOO_NEW,
            "%s was written by a newer release (schema %d, this one knows %d): use that release"
                .formatted(database, version, migrations.size()));
      }
      for (int next = version; next < migrations.size(); next++) {
        for (String step : migrations.get(next)) {
          statement.execute(step);
        }
      }
      if (version < migrations.size()) {
        statement.execute("DELETE FROM slipway_schema");
        statement.execute("INSERT INTO slipway_schema VALUES (" + migrations.size() + ")");
      }
    }
    session.connection().setAutoCommit(true);
  }
}
