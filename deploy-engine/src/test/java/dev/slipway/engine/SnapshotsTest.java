package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.store.InMemoryRuntime;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.time.Timers;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class SnapshotsTest {

  private static final int HOSTS = 300;
  private static final int EVENTS_BETWEEN = 5_000;

  @TempDir private Path directory;

  @Test
  void a_driver_keeps_a_snapshot_after_some_thousand_events() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    SeenRuntime runtime = new SeenRuntime(new InMemoryRuntime(directory.resolve("state")));
    List<Host> hosts =
        IntStream.range(0, HOSTS)
            .mapToObj(n -> new Host(new HostId("web-" + n), "192.0.2.1", "", Map.of(), Map.of()))
            .toList();
    try (Deployer deployer =
        Slipway.builder()
            .runtime(runtime)
            .inventory(selector -> hosts)
            .transport(new ScriptedTransport())
            .build()) {

      Rollout rollout =
          deployer
              .rollout("web", "prod")
              .revision(Revision.localDirectory(bundle))
              .to(all -> all)
              .minimumHealthy(MinimumHealthyHosts.hostCount(0))
              .plan()
              .start();
      RolloutResult result = rollout.await(Duration.ofMinutes(1)).orElseThrow();

      Store store = Objects.requireNonNull(runtime.store);
      Snapshot snapshot = store.snapshot(rollout.id()).orElseThrow();
      List<JournalEntry> rest = store.journal(rollout.id(), snapshot.sequence(), 1_000_000);
      assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
      assertThat(snapshot.sequence()).isGreaterThanOrEqualTo(EVENTS_BETWEEN);
      assertThat(rest).hasSizeLessThan(EVENTS_BETWEEN);
      assertThat(deployer.attach(rollout.id()).hosts()).isEqualTo(result.hosts());
    }
  }

  /** A runtime whose store can be looked at. */
  private static final class SeenRuntime implements RolloutRuntime {

    private final RolloutRuntime runtime;
    private @Nullable Store store;

    SeenRuntime(RolloutRuntime runtime) {
      this.runtime = runtime;
    }

    @Override
    public Parts open(Timers timers, Supervisor local) {
      Parts parts = runtime.open(timers, local);
      store = parts.store();
      return parts;
    }
  }
}
