package dev.slipway.benchmarks;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.runtime.embedded.EmbeddedRuntime;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.time.Timers;
import java.nio.file.Path;
import java.time.Instant;

/** The store of the embedded runtime without anybody who drives. */
final class EmbeddedStore {

  private EmbeddedStore() {}

  static Store open(Path directory) {
    RolloutRuntime.Parts parts =
        EmbeddedRuntime.at(directory).withoutDriving().open(new NoTimers(), new NoSupervisor());
    return parts.store();
  }

  private static final class NoTimers implements Timers {

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }

    @Override
    public Runnable at(Instant instant, Runnable task) {
      throw new UnsupportedOperationException("nothing is supervised");
    }
  }

  private static final class NoSupervisor implements Supervisor {

    @Override
    public void start(Driver driver) {}

    @Override
    public void wake(DeploymentId id) {}

    @Override
    public boolean isDriving() {
      return false;
    }

    @Override
    public void close() {}
  }
}
