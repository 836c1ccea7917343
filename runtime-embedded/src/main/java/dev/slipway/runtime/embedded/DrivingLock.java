package dev.slipway.runtime.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The right to drive the rollouts of a directory: a lock on a file of its own, which ends with the
 * process at the latest. It guards driving, not the database.
 *
 * <p>SQLite holds the lock, since a lock of Java's own is lost as soon as anything else in the
 * process closes the same file. Not thread-safe.
 */
final class DrivingLock implements AutoCloseable {

  private static final int BUSY = 5;
  private static final String TAKE = "BEGIN EXCLUSIVE";

  /** Any number may read at once, unless somebody has taken the lock. */
  private static final String ASK = "SELECT count(*) FROM sqlite_schema";

  private final SqliteDatabase names;
  private @Nullable Connection held;

  DrivingLock(Path file) {
    this.names = new SqliteDatabase(file);
  }

  boolean isHeld() {
    return held != null;
  }

  /** Takes the lock unless somebody has it, and returns whether it is held here now. */
  boolean tryTake() {
    if (held == null) {
      held = attempt(TAKE);
    }
    return held != null;
  }

  /** Returns whether anybody holds the lock; who asks is not taken for a holder by others. */
  boolean isHeldByAnybody() {
    if (held != null) {
      return true;
    }
    Connection free = attempt(ASK);
    if (free == null) {
      return true;
    }
    release(free);
    return false;
  }

  /**
   * Returns the connection that the statement went through on, or null when somebody is in the way.
   */
  private @Nullable Connection attempt(String statementText) {
    Properties settings = new Properties();
    settings.setProperty("busy_timeout", "0");
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + names.file(), settings);
      try (Statement statement = connection.createStatement()) {
        statement.execute(statementText);
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      if ((e.getErrorCode() & 0xff) == BUSY) {
        return null;
      }
      throw names.explained(e);
    }
  }

  private void release(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw names.explained(e);
    }
  }

  @Override
  public void close() {
    Connection connection = held;
    held = null;
    if (connection != null) {
      release(connection);
    }
  }
}
