package dev.slipway.runtime.embedded;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Reads on connections of its own, as many at once as are asked for. Thread-safe. */
final class Readers implements AutoCloseable {

  private static final int IDLE_AT_MOST = 8;

  private final Database database;
  private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Readers(Database database) {
    this.database = database;
  }

  /** What is read. */
  @FunctionalInterface
  interface Reading<T> {
    T in(Session session) throws SQLException;
  }

  <T> T read(Reading<T> reading) {
    if (closed) {
      throw new StoreException(Reason.UNAVAILABLE, "the store is closed");
    }
    try {
      Session session = idle.poll();
      if (session == null) {
        session = new Session(database.connect());
      }
      T result;
      try {
        result = reading.in(session);
      } catch (SQLException e) {
        session.close();
        throw e;
      } catch (RuntimeException e) {
        giveBack(session);
        throw e;
      }
      giveBack(session);
      return result;
    } catch (SQLException e) {
      throw database.explained(e);
    }
  }

  private void giveBack(Session session) throws SQLException {
    if (closed || idle.size() >= IDLE_AT_MOST) {
      session.close();
    } else {
      idle.push(session);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      for (Session session = idle.poll(); session != null; session = idle.poll()) {
        session.close();
      }
    } catch (SQLException e) {
      throw database.explained(e);
    }
  }
}
