package dev.slipway.engine.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.Slipway;
import dev.slipway.engine.store.InMemoryRuntime;
import dev.slipway.fleet.Host;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.time.Timers;
import dev.slipway.testkit.ScriptedTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RolloutDriverTest {

  private static final DeploymentId SWEPT = new DeploymentId("d-SWEPT0000");

  @TempDir private Path directory;

  private final Idle supervisor = new Idle();

  @Test
  void a_rollout_that_is_not_kept_any_more_is_over() {
    try (Deployer deployer =
        Slipway.builder()
            .inventory(selector -> List.of(Host.named("web-1")))
            .transport(new ScriptedTransport())
            .runtime(this::parts)
            .build()) {
      assertThat(deployer.unfinished()).isEmpty();
      assertThat(supervisor.driver.drive(SWEPT)).isEmpty();
    }
  }

  private RolloutRuntime.Parts parts(Timers timers, Supervisor local) {
    RolloutRuntime.Parts parts = new InMemoryRuntime(directory).open(timers, local);
    return new RolloutRuntime.Parts(parts.store(), parts.books(), parts.documents(), supervisor);
  }

  /** Drives nothing by itself. */
  private static final class Idle implements Supervisor {
    private Driver driver = id -> Optional.empty();

    @Override
    public void start(Driver given) {
      driver = given;
    }

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
