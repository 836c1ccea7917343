package dev.slipway.runtime.embedded;

import dev.slipway.engine.runtime.LocalSupervisor;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.testkit.SupervisorContract;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;

/** The contract of supervisors, for the one that drives while it holds a lock. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LockedSupervisorTest extends SupervisorContract {

  @TempDir private Path directory;

  private RolloutRuntime.@Nullable Parts parts;

  @BeforeEach
  void open() {
    parts = EmbeddedRuntime.at(directory).open(timers(), new LocalSupervisor(timers(), 2));
  }

  @AfterEach
  void close() {
    Objects.requireNonNull(parts).supervisor().close();
    Objects.requireNonNull(parts).store().close();
  }

  @Override
  protected Supervisor supervisor() {
    return Objects.requireNonNull(parts).supervisor();
  }
}
