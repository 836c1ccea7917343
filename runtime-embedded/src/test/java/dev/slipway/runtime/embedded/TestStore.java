package dev.slipway.runtime.embedded;

import dev.slipway.spi.store.OutputLimits;
import java.nio.file.Path;

/** Stores of tests, with the database of their output beside them. */
final class TestStore {

  private TestStore() {}

  /** Opens the database of a directory. */
  static JdbcStore open(Path directory, int keepFinished) {
    return open(new SqliteDatabase(directory.resolve("slipway.db")), directory, keepFinished);
  }

  /** Opens another database. */
  static JdbcStore open(Database database, Path directory, int keepFinished) {
    return JdbcStore.open(database, output(directory, OutputLimits.DEFAULT), keepFinished);
  }

  static JdbcOutput output(Path directory, OutputLimits limits) {
    return new JdbcOutput(new SqliteDatabase(directory.resolve("output.db"), false), limits);
  }
}
