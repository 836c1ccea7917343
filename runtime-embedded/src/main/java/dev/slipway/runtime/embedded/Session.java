package dev.slipway.runtime.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection that prepares each statement once. Used by one thread at a time. */
final class Session implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Session(Connection connection) {
    this.connection = connection;
  }

  /** Makes a value of the row that the result stands at. */
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Takes the row that the result stands at, and says whether to go on. */
  @FunctionalInterface
  interface Rows {
    boolean take(ResultSet row) throws SQLException;
  }

  Connection connection() {
    return connection;
  }

  int update(String sql, @Nullable Object... arguments) throws SQLException {
    return prepare(sql, 0, arguments).executeUpdate();
  }

  /** Returns the rows, at most {@code limit}; 0 means all. */
  <T> List<T> list(String sql, int limit, Row<T> row, @Nullable Object... arguments)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = prepare(sql, limit, arguments).executeQuery()) {
      while (rows.next()) {
        found.add(row.of(rows));
      }
    }
    return found;
  }

  <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
    return list(sql, 1, row, arguments).stream().findFirst();
  }

  /** Hands over rows until it is enough. */
  void each(String sql, Rows taker, @Nullable Object... arguments) throws SQLException {
    try (ResultSet rows = prepare(sql, 0, arguments).executeQuery()) {
      boolean more = true;
      while (more && rows.next()) {
        more = taker.take(rows);
      }
    }
  }

  private PreparedStatement prepare(String sql, int limit, @Nullable Object... arguments)
      throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    statement.setMaxRows(limit);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    connection.close();
  }
}
