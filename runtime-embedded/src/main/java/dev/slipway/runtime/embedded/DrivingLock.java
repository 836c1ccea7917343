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
      held = attempt();
    }
    return held != null;
  }

  /** Returns whether anybody holds the lock. */
  boolean isHeldByAnybody() {
    if (held != null) {
      return true;
    }
    Connection attempt = attempt();
    if (attempt == null) {
      return true;
    }
    release(attempt);
    return false;
  }

  private @Nullable Connection attempt() {
    Properties settings = new Properties();
    settings.setProperty("busy_timeout", "0");
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + names.file(), settings);
      try (Statement statement = connection.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
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
