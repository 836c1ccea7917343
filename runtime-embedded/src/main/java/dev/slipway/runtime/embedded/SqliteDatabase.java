package dev.slipway.runtime.embedded;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * A SQLite file with a log ahead of it.
 *
 * @param file the file; SQLite keeps two more beside it while it is in use
 * @param isForced whether each commit is forced to disk; if not, the last ones may be undone when
 *     the machine loses its power, though not when the process ends
 */
record SqliteDatabase(Path file, boolean isForced) implements Database {

  private static final Duration BUSY = Duration.ofSeconds(10);

  /** SQLite's primary result codes, https://www.sqlite.org/rescode.html. */
  private static final int PRIMARY = 0xff;

  /** A file that is forced to disk at each commit. */
  SqliteDatabase(Path file) {
    this(file, true);
  }

  @Override
  public Connection connect() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("journal_mode", "WAL");
    settings.setProperty("synchronous", isForced ? "FULL" : "NORMAL");
    settings.setProperty("busy_timeout", Long.toString(BUSY.toMillis()));
    settings.setProperty("transaction_mode", "IMMEDIATE");
    return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
  }

  @Override
  public StoreException explained(SQLException e) {
    return switch (e.getErrorCode() & PRIMARY) {
      case 5, 6 ->
          unavailable("is held by another process for more than " + BUSY.toSeconds() + " s", e);
      case 3, 8, 14, 23 ->
          unavailable("cannot be written: allow it, or choose another directory", e);
      case 10 -> unavailable("cannot be read or written: look after its disk", e);
      case 13 -> unavailable("cannot grow, its disk is full: make room, nothing is lost", e);
      case 11, 26 ->
          new StoreException(
              Reason.CORRUPT,
              file + " is damaged or no database: restore a copy, or move it away to begin anew",
              e);
      default -> unavailable("does not do its part: " + e.getMessage(), e);
    };
  }

  /** Returns the name of the file. */
  @Override
  public String toString() {
    return file.toString();
  }

  private StoreException unavailable(String what, SQLException e) {
    return new StoreException(Reason.UNAVAILABLE, file + " " + what, e);
  }
}
