package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.spi.store.RolloutHeader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The statements on the table of rollouts. */
final class RolloutRows {

  private static final String HEADER =
      "SELECT id, application, deployment_group, client_token, rollback_of, created_at,"
          + " specification FROM rollout WHERE ";

  private RolloutRows() {}

  /**
   * Where a rollout stands.
   *
   * @param epoch of its owner
   * @param version how many events there are
   * @param isOver whether it is over
   */
  record Standing(long epoch, long version, boolean isOver) {}

  /** A rollout that is over, as far as keeping it is concerned. */
  record Finished(DeploymentId id, String group) {}

  static RolloutHeader create(Transaction transaction, RolloutHeader header) throws SQLException {
    Session session = transaction.session();
    Optional<RolloutHeader> same =
        find(session, header.application(), header.deploymentGroup(), header.clientToken());
    if (same.isPresent()) {
      return same.get();
    }
    List<DeploymentId> active = unfinished(session, header.application(), header.deploymentGroup());
    if (!active.isEmpty()) {
      throw new RequestException(
          "deployment group %s/%s already has an active Deployment '%s': wait for its end or stop it"
              .formatted(header.application(), header.deploymentGroup(), active.get(0)));
    }
    insertNew(transaction, header);
    return header;
  }

  static RolloutHeader enqueue(Transaction transaction, RolloutHeader header) throws SQLException {
    Optional<RolloutHeader> same =
        find(
            transaction.session(),
            header.application(),
            header.deploymentGroup(),
            header.clientToken());
    if (same.isEmpty()) {
      insertNew(transaction, header);
    }
    return same.orElse(header);
  }

  private static void insertNew(Transaction transaction, RolloutHeader header) throws SQLException {
    if (isKept(transaction.session(), header.id())) {
      throw new RequestException(
          "deployment " + header.id() + " was started before: make a new plan to deploy again");
    }
    insert(transaction, header);
  }

  static void specify(Session session, DeploymentId id, String specification) throws SQLException {
    session.update("UPDATE rollout SET specification = ? WHERE id = ?", specification, id.value());
  }

  static Optional<RolloutHeader> find(
      Session session, String application, String deploymentGroup, String clientToken)
      throws SQLException {
    return session.first(
        HEADER + "application = ? AND deployment_group = ? AND client_token = ?",
        RolloutRows::header,
        application,
        deploymentGroup,
        clientToken);
  }

  static void insert(Transaction transaction, RolloutHeader header) throws SQLException {
    DeploymentId rollbackOf = header.rollbackOf();
    transaction
        .session()
        .update(
            "INSERT INTO rollout (id, application, deployment_group, client_token, rollback_of,"
                + " created_at, specification, place, changed, epoch, version, is_over)"
                + " SELECT ?, ?, ?, ?, ?, ?, ?, COALESCE(MAX(place), 0) + 1, ?, 0, 0, 0"
                + " FROM rollout",
            header.id().value(),
            header.application(),
            header.deploymentGroup(),
            header.clientToken(),
            rollbackOf == null ? null : rollbackOf.value(),
            header.createdAt().toString(),
            header.specification(),
            transaction.number());
    transaction.touch(header.id());
  }

  static RolloutHeader header(Session session, DeploymentId id) throws SQLException {
    return session
        .first(HEADER + "id = ?", RolloutRows::header, id.value())
        .orElseThrow(() -> unknown(id));
  }

  private static RolloutHeader header(ResultSet row) throws SQLException {
    String rollbackOf = row.getString(5);
    return new RolloutHeader(
        new DeploymentId(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        rollbackOf == null ? null : new DeploymentId(rollbackOf),
        Instant.parse(row.getString(6)),
        row.getString(7));
  }

  static Standing standing(Session session, DeploymentId id) throws SQLException {
    return session
        .first(
            "SELECT epoch, version, is_over FROM rollout WHERE id = ?",
            row -> new Standing(row.getLong(1), row.getLong(2), row.getInt(3) != 0),
            id.value())
        .orElseThrow(() -> unknown(id));
  }

  static boolean isKept(Session session, DeploymentId id) throws SQLException {
    return session.first("SELECT 1 FROM rollout WHERE id = ?", row -> true, id.value()).isPresent();
  }

  /** Keeps where a rollout stands now, unless somebody else has moved it meanwhile. */
  static boolean move(Session session, DeploymentId id, Standing from, Standing to)
      throws SQLException {
    return session.update(
            "UPDATE rollout SET epoch = ?, version = ?, is_over = ? WHERE id = ? AND epoch = ?"
                + " AND version = ? AND is_over = ?",
            to.epoch(),
            to.version(),
            to.isOver() ? 1 : 0,
            id.value(),
            from.epoch(),
            from.version(),
            from.isOver() ? 1 : 0)
        == 1;
  }

  static List<DeploymentId> unfinished(Session session) throws SQLException {
    return session.list(
        "SELECT id FROM rollout WHERE is_over = 0 ORDER BY place",
        0,
        row -> new DeploymentId(row.getString(1)));
  }

  static List<DeploymentId> unfinished(Session session, String application, String deploymentGroup)
      throws SQLException {
    return session.list(
        "SELECT id FROM rollout WHERE is_over = 0 AND application = ? AND deployment_group = ?"
            + " ORDER BY place",
        0,
        row -> new DeploymentId(row.getString(1)),
        application,
        deploymentGroup);
  }

  static List<DeploymentId> newest(Session session, int limit) throws SQLException {
    return session.list(
        "SELECT id FROM rollout ORDER BY place DESC LIMIT ?",
        0,
        row -> new DeploymentId(row.getString(1)),
        limit);
  }

  static long lastChange(Session session) throws SQLException {
    return session
        .first("SELECT COALESCE(MAX(changed), 0) FROM rollout", row -> row.getLong(1))
        .orElse(0L);
  }

  /** Returns whether there is such a rollout. */
  static boolean touch(Session session, DeploymentId id, long number) throws SQLException {
    return session.update("UPDATE rollout SET changed = ? WHERE id = ?", number, id.value()) == 1;
  }

  static List<DeploymentId> changedAfter(Session session, long after, long until)
      throws SQLException {
    return session.list(
        "SELECT id FROM rollout WHERE changed > ? AND changed <= ? ORDER BY changed",
        0,
        row -> new DeploymentId(row.getString(1)),
        after,
        until);
  }

  /** Returns the rollouts that are over and that no unfinished one refers to, newest first. */
  static List<Finished> finished(Session session) throws SQLException {
    return session.list(
        "SELECT id, application, deployment_group FROM rollout WHERE is_over = 1 AND id NOT IN"
            + " (SELECT rollback_of FROM rollout WHERE is_over = 0 AND rollback_of IS NOT NULL)"
            + " ORDER BY changed DESC, place DESC",
        0,
        row ->
            new Finished(
                new DeploymentId(row.getString(1)), row.getString(2) + "/" + row.getString(3)));
  }

  static void delete(Session session, DeploymentId id) throws SQLException {
    session.update("DELETE FROM journal WHERE rollout = ?", id.value());
    session.update("DELETE FROM inbox WHERE rollout = ?", id.value());
    session.update("DELETE FROM snapshot WHERE rollout = ?", id.value());
    session.update("DELETE FROM rollout WHERE id = ?", id.value());
  }

  private static RequestException unknown(DeploymentId id) {
    return new RequestException("there is no deployment " + id);
  }
}
