package dev.slipway.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StoreErrorsTest {

  private static final DeploymentId A = new DeploymentId("d-AAAAAAAAA");

  @TempDir private Path directory;

  @Test
  void a_full_disk_refuses_a_commit_and_loses_nothing() {
    SqliteDatabase database = database();
    try (JdbcStore store = TestStore.open(new FullDisk(database), directory, 100)) {
      store.create(header());
      Ownership owner = store.commit(store.acquire(A), commit(1, 10));

      assertRefused(
          Reason.UNAVAILABLE, "its disk is full", () -> store.commit(owner, commit(2, 4_000_000)));
      assertThat(store.journal(A, 0, 10)).hasSize(1);
      assertThat(store.commit(owner, commit(2, 10)).version()).isEqualTo(2);
    }
    try (JdbcStore store = TestStore.open(database, directory, 100)) {
      assertThat(store.journal(A, 0, 10)).hasSize(2);
    }
  }

  @Test
  void a_database_of_a_newer_release_is_left_alone() throws SQLException {
    SqliteDatabase database = database();
    TestStore.open(database, directory, 100).close();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE slipway_schema SET version = 9");
    }

    assertRefused(
        Reason.TOO_NEW,
        "slipway.db was written by a newer release (schema 9, this one knows",
        () -> TestStore.open(database, directory, 100));
  }

  @Test
  void a_file_that_is_no_database_is_named() throws IOException {
    Files.writeString(database().file(), "x".repeat(5000));

    assertRefused(
        Reason.CORRUPT,
        "slipway.db is damaged or no database: restore a copy, or move it away",
        () -> TestStore.open(database(), directory, 100));
  }

  @Test
  void a_damaged_database_is_named_when_the_damage_is_met() throws IOException {
    try (JdbcStore store = TestStore.open(database(), directory, 100)) {
      store.create(header());
      store.commit(store.acquire(A), commit(1, 100_000));
    }
    try (FileChannel channel = FileChannel.open(database().file(), StandardOpenOption.WRITE)) {
      byte[] noise = new byte[(int) channel.size() - 4096];
      Arrays.fill(noise, (byte) 0x5a);
      channel.write(ByteBuffer.wrap(noise), 4096);
    }

    assertRefused(
        Reason.CORRUPT,
        "is damaged",
        () -> {
          try (JdbcStore store = TestStore.open(database(), directory, 100)) {
            store.journal(A, 0, 10);
          }
        });
  }

  @Test
  void a_file_in_the_place_of_the_directory_is_named() throws IOException {
    Path file = Files.writeString(directory.resolve("state"), "");

    assertRefused(
        Reason.UNAVAILABLE,
        "state cannot be made: allow it, or choose another directory",
        () -> EmbeddedRuntime.at(file).open(new NoTimers(), new NoSupervisor()));
  }

  @Test
  void a_directory_that_cannot_be_written_is_named() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(directory), "root may write everywhere");
      assertRefused(
          Reason.UNAVAILABLE,
          "slipway.db cannot be written: allow it, or choose another directory",
          () -> TestStore.open(database(), directory, 100));
    } finally {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void a_store_that_was_closed_says_so() {
    JdbcStore store = TestStore.open(database(), directory, 100);
    store.close();
    store.close();

    assertRefused(Reason.UNAVAILABLE, "the store is closed", () -> store.create(header()));
    assertRefused(Reason.UNAVAILABLE, "the store is closed", store::unfinished);
  }

  private SqliteDatabase database() {
    return new SqliteDatabase(directory.resolve("slipway.db"));
  }

  private static void assertRefused(Reason reason, String message, ThrowingCallable call) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(call)
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static RolloutHeader header() {
    return new RolloutHeader(A, "web", "prod", "token", null, Instant.EPOCH, "{}");
  }

  private static Commit commit(long sequence, int bytes) {
    String json = "{\"a\": \"" + "x".repeat(bytes) + "\"}";
    return new Commit(
        List.of(new JournalEntry(sequence, Instant.EPOCH, "HostBack", 1, json)), List.of());
  }

  /** A database that cannot grow beyond a megabyte. */
  private record FullDisk(SqliteDatabase database) implements Database {

    @Override
    public Connection connect() throws SQLException {
      Connection connection = database.connect();
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA max_page_count = 256");
      }
      return connection;
    }

    @Override
    public StoreException explained(SQLException e) {
      return database.explained(e);
    }
  }
}
