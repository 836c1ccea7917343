package dev.slipway.runtime.embedded;

import dev.slipway.failure.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from, and what their errors mean: all that differs between databases. */
interface Database {

  /** Returns a new connection. */
  Connection connect() throws SQLException;

  /** Returns what went wrong, in a sentence with its remedy. */
  StoreException explained(SQLException e);
}
