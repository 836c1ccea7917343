package dev.slipway.engine.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.Slipway;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Rollout;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import dev.slipway.testkit.ScriptedTransport;
import dev.slipway.testkit.VirtualTimers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What hosts are told when their rollout ends. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LastWordsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private final VirtualTimers timers = new VirtualTimers();
  private final Listening transport = new Listening();
  private Deployer deployer;

  @BeforeEach
  void start() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    deployer =
        Slipway.builder()
            .inventory(selector -> List.of(Host.named("web-1"), Host.named("web-2")))
            .transport(transport)
            .state(directory.resolve("state"))
            .timers(timers)
            .build();
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  @Test
  void every_host_is_released_before_the_rollout_is_over_in_the_store() {
    assertThat(web().await(MINUTE).orElseThrow().status()).isEqualTo(DeploymentStatus.SUCCEEDED);

    assertThat(transport.heard)
        .containsExactlyInAnyOrder("release web-1 InProgress", "release web-2 InProgress");
  }

  @Test
  void what_a_stop_ends_by_force_is_ended_before_the_rollout_is_over_in_the_store() {
    transport.hosts.hold();
    Rollout rollout = web();
    while (transport.hosts.offered().isEmpty()) {
      Thread.onSpinWait();
    }

    rollout.stop(Duration.ZERO, "");
    while (!rollout.status().isTerminal()) {
      timers.advance(Duration.ofSeconds(1));
    }

    assertThat(rollout.await(MINUTE).orElseThrow().status()).isEqualTo(DeploymentStatus.STOPPED);
    HostId host = transport.hosts.offered().get(0).host();
    assertThat(transport.heard)
        .contains("cancel " + host + " InProgress", "release " + host + " InProgress")
        .allMatch(word -> word.endsWith(" InProgress"));
  }

  @Test
  void a_host_that_cannot_be_told_holds_up_no_end() {
    transport.throwing = true;

    assertThat(web().await(MINUTE).orElseThrow().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  private Rollout web() {
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(directory.resolve("1.0")))
        .to(hosts -> hosts)
        .plan()
        .start();
  }

  /** Hosts that answer as scripted; keeps what they are told, and how their rollout stood then. */
  private final class Listening implements Transport {

    private final ScriptedTransport hosts = new ScriptedTransport();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile boolean throwing;

    @Override
    public void offer(HostCommand command, Reports reports) {
      hosts.offer(command, reports);
    }

    @Override
    public void cancel(CommandKey key, CancelMode mode) {
      hear("cancel " + key.host(), key.deployment());
    }

    @Override
    public void release(DeploymentId deployment, Host host) {
      hear("release " + host.id(), deployment);
      if (throwing && host.id().value().equals("web-2")) {
        throw new IllegalStateException("no connection");
      }
    }

    private void hear(String what, DeploymentId id) {
      heard.add(what + " " + deployer.attach(id).status().wireName());
    }

    @Override
    public void close() {
      hosts.close();
    }
  }
}
