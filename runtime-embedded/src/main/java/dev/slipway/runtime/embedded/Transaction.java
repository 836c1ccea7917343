package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/** One transaction of the writer, with the number that all its changes get. */
final class Transaction {

  /** More places than a transaction ever hands out. */
  private static final int PLACES = 1 << 20;

  private final Session session;
  private final long number;
  private long places;
  private final Set<DeploymentId> touched = new LinkedHashSet<>();

  private Transaction(Session session, long number) {
    this.session = session;
    this.number = number;
  }

  static Transaction begin(Session session) throws SQLException {
    session.connection().setAutoCommit(false);
    return new Transaction(session, RolloutRows.lastChange(session) + 1);
  }

  Session session() {
    return session;
  }

  long number() {
    return number;
  }

  /** Returns a number that is higher than all before it, in this transaction and earlier ones. */
  long nextPlace() {
    places++;
    return number * PLACES + places;
  }

  /** Lets other processes know, once the transaction is committed, that a rollout has changed. */
  void touch(DeploymentId id) {
    touched.add(id);
  }

  /**
   * Ends it.
   *
   * @return whether a rollout bears its number now; if not, the next transaction has the same one
   */
  boolean commit() throws SQLException {
    boolean isBorne = false;
    for (DeploymentId id : touched) {
      isBorne |= RolloutRows.touch(session, id, number);
    }
    // Unlike commit(), this leaves no new transaction behind, which would keep others waiting.
    session.connection().setAutoCommit(true);
    return isBorne;
  }
}
