package dev.slipway.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DrivingLockTest {

  private Path file = Path.of("");

  @BeforeEach
  void place(@TempDir Path directory) {
    file = directory.resolve("driving.lock");
  }

  @Test
  void one_holds_it_and_all_others_see_that() {
    try (DrivingLock one = new DrivingLock(file);
        DrivingLock other = new DrivingLock(file)) {
      assertThat(other.isHeldByAnybody()).isFalse();
      assertThat(one.tryTake()).isTrue();
      assertThat(other.tryTake()).isFalse();
      assertThat(other.isHeldByAnybody()).isTrue();
      assertThat(one.isHeldByAnybody()).isTrue();
    }
  }

  @Test
  void is_free_when_its_holder_lets_go() {
    try (DrivingLock other = new DrivingLock(file)) {
      try (DrivingLock one = new DrivingLock(file)) {
        assertThat(one.tryTake()).isTrue();
      }

      assertThat(other.isHeldByAnybody()).isFalse();
      assertThat(other.tryTake()).isTrue();
    }
  }

  @Test
  void somebody_who_asks_is_not_taken_for_its_holder() throws Exception {
    try (DrivingLock lock = new DrivingLock(file);
        Connection asking = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = asking.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("SELECT count(*) FROM sqlite_schema");

      assertThat(lock.isHeldByAnybody()).isFalse();
    }
  }
}
