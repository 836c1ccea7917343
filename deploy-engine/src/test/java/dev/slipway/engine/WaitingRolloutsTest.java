package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.OnConflict;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostSelector;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Hold;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a rollout while its group has another one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WaitingRolloutsTest {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final ScriptedTransport transport = new ScriptedTransport();
  private Deployer deployer;

  @BeforeEach
  void start() {
    deployer =
        Slipway.builder()
            .inventory(selector -> List.of(host("a"), host("b")))
            .transport(transport)
            .state(directory.resolve("state"))
            .build();
  }

  @AfterEach
  void close() {
    transport.proceed();
    deployer.close();
  }

  private static Host host(String name) {
    return new Host(new HostId(name), "192.0.2.1", "", Map.of(), Map.of("user", "deploy"));
  }

  private RolloutBuilder rollout(String version) throws IOException {
    Path bundle = Files.createDirectories(directory.resolve(version));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    Files.writeString(bundle.resolve("version"), version);
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(bundle))
        .to(HostSelector.none())
        .config(DeploymentConfigs.ALL_AT_ONCE);
  }

  private Rollout started(String version, OnConflict onConflict) throws IOException {
    return rollout(version).onConflict(onConflict).plan().start();
  }

  private static RolloutResult end(Rollout rollout) {
    return rollout.await(LONG_ENOUGH).orElseThrow();
  }

  @Test
  void rollouts_wait_in_the_order_in_which_they_were_asked_for() throws IOException {
    transport.hold();
    Rollout first = started("1.0", OnConflict.REJECT);
    Rollout second = started("2.0", OnConflict.QUEUE);
    Rollout third = started("3.0", OnConflict.QUEUE);

    assertThat(second.status()).isEqualTo(DeploymentStatus.QUEUED);
    assertThat(third.explain())
        .singleElement()
        .satisfies(
            hold -> {
              assertThat(hold.kind()).isEqualTo(Hold.Kind.QUEUED);
              assertThat(hold.message()).contains(first.id() + ", " + second.id());
            });
    assertThatThrownBy(() -> started("4.0", OnConflict.REJECT))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("already has an active Deployment '" + first.id() + "'");
    transport.proceed();

    assertThat(end(third).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(end(second).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(transport.offered().stream().map(key -> key.deployment()).distinct())
        .containsExactly(first.id(), second.id(), third.id());
  }

  @Test
  void a_group_that_is_free_lets_nobody_wait() throws IOException {
    assertThat(end(started("1.0", OnConflict.QUEUE)).status())
        .isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(end(started("2.0", OnConflict.SUPERSEDE)).status())
        .isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_stop_ends_a_rollout_that_waits_and_brings_nothing_back() throws IOException {
    end(started("1.0", OnConflict.REJECT));
    transport.hold();
    Rollout active = started("2.0", OnConflict.REJECT);
    Rollout waiting =
        rollout("3.0")
            .onConflict(OnConflict.QUEUE)
            .autoRollback(AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST)
            .plan()
            .start();

    waiting.stop("not needed");

    RolloutResult stopped = end(waiting);
    assertThat(stopped.status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(stopped.error()).extracting("code").isEqualTo(ErrorCode.MANUAL_STOP);
    assertThat(stopped.overview().skipped()).isEqualTo(2);
    assertThat(stopped.rollback()).isNull();
    transport.proceed();
    assertThat(end(active).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(transport.offered()).noneMatch(key -> key.deployment().equals(waiting.id()));
  }

  @Test
  void a_rollout_that_supersedes_stops_those_before_it_without_their_rollback() throws IOException {
    end(started("1.0", OnConflict.REJECT));
    transport.hold();
    Rollout active =
        rollout("2.0").autoRollback(AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST).plan().start();
    Rollout waiting = started("3.0", OnConflict.QUEUE);

    Rollout newest = started("4.0", OnConflict.SUPERSEDE);
    end(waiting);
    transport.proceed();

    assertThat(end(newest).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    for (Rollout superseded : List.of(active, waiting)) {
      RolloutResult result = end(superseded);
      assertThat(result.status()).isEqualTo(DeploymentStatus.STOPPED);
      assertThat(result.error())
          .extracting("message")
          .isEqualTo("stopped on request: superseded by deployment " + newest.id());
      assertThat(result.rollback()).isNull();
    }
  }

  @Test
  void a_rollback_comes_before_those_that_wait_which_go_back_to_what_worked_last()
      throws IOException {
    end(started("1.0", OnConflict.REJECT));
    transport.hold();
    transport.failAt("a", LifecycleEvent.INSTALL);
    transport.failAt("b", LifecycleEvent.INSTALL);
    Rollout failing =
        rollout("2.0").autoRollback(AutoRollbackEvent.DEPLOYMENT_FAILURE).plan().start();
    Rollout waiting = started("3.0", OnConflict.QUEUE);
    transport.proceed();

    RolloutResult failed = end(failing);
    transport.succeedAt("a");
    transport.succeedAt("b");
    RolloutResult last = end(waiting);

    assertThat(failed.status()).isEqualTo(DeploymentStatus.FAILED);
    Rollout rollback = failing.rollback().orElseThrow();
    assertThat(end(rollback).status().isTerminal()).isTrue();
    assertThat(last.status()).isIn(DeploymentStatus.SUCCEEDED, DeploymentStatus.FAILED);
    assertThat(transport.offered().stream().map(key -> key.deployment()).distinct())
        .endsWith(failing.id(), rollback.id(), waiting.id());
  }
}
