package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.OnConflict;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.fleet.HostSelector;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.RollbackPreview;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.WaveSize;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the last revision that worked comes back, and when it does not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RollbackOptionsTest {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
  private static final RollbackOptions CHANGED =
      new RollbackOptions(RollbackOptions.Scope.CHANGED, false, null);
  private static final RollbackOptions DOOR =
      new RollbackOptions(RollbackOptions.Scope.ALL, false, "the schema has changed");
  private static final String DOOR_IN_WORDS = "a one-way door: the schema has changed";

  @TempDir private Path directory;
  private final ScriptedTransport transport = new ScriptedTransport();
  private Deployer deployer;

  @BeforeEach
  void start() throws IOException {
    deployer =
        Slipway.builder()
            .inventory(
                selector -> Stream.of("a", "b", "c", "d").map(RollbackOptionsTest::host).toList())
            .transport(transport)
            .state(directory.resolve("state"))
            .build();
    RolloutResult first = end(rollout("1.0").plan().start());
    assertThat(first.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @AfterEach
  void close() {
    transport.proceed();
    deployer.close();
  }

  private static Host host(String name) {
    return new Host(new HostId(name), "192.0.2.1", "", Map.of(), Map.of("user", "deploy"));
  }

  /** Goes by name, two at a time. */
  private RolloutBuilder rollout(String version) throws IOException {
    return rollout(version, DeploymentConfigs.HALF_AT_A_TIME);
  }

  private RolloutBuilder rollout(String version, DeploymentConfig config) throws IOException {
    Path bundle = Files.createDirectories(directory.resolve(version));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    Files.writeString(bundle.resolve("version"), version);
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(bundle))
        .to(HostSelector.none())
        .order(HostOrder.BY_NAME)
        .config(config)
        .autoRollback(
            AutoRollbackEvent.DEPLOYMENT_FAILURE, AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST);
  }

  private static RolloutResult end(Rollout rollout) {
    return rollout.await(LONG_ENOUGH).orElseThrow();
  }

  /** Lets the first wave fail, which leaves the others alone. */
  private Rollout failing(RolloutBuilder rollout) {
    transport.failAt("a", LifecycleEvent.AFTER_INSTALL);
    transport.failAt("b", LifecycleEvent.AFTER_INSTALL);
    Rollout failing = rollout.plan().start();
    assertThat(end(failing).status()).isEqualTo(DeploymentStatus.FAILED);
    transport.succeedAt("a");
    transport.succeedAt("b");
    return failing;
  }

  private static List<String> skipped(Rollout rollout) {
    return rollout.recorded().stream()
        .flatMap(recorded -> Stream.of(recorded.event()))
        .filter(RollbackSkipped.class::isInstance)
        .map(event -> ((RollbackSkipped) event).reason())
        .toList();
  }

  @Test
  void all_hosts_go_back_unless_only_the_changed_ones_shall() throws IOException {
    Rollout everywhere = failing(rollout("2.0")).rollback().orElseThrow();
    end(everywhere);
    Rollout changed = failing(rollout("3.0").rollback(CHANGED)).rollback().orElseThrow();

    assertThat(end(everywhere).hosts()).hasSize(4);
    assertThat(end(changed).hosts())
        .extracting(HostResult::host)
        .containsExactlyInAnyOrder(new HostId("a"), new HostId("b"));
  }

  @Test
  void nothing_goes_back_when_no_host_was_changed() throws IOException {
    Rollout refused =
        deployer
            .rollout("web", "prod")
            .revision(Revision.localDirectory(directory.resolve("1.0")))
            .to(HostSelector.none())
            .minimumHealthy(MinimumHealthyHosts.hostCount(4))
            .autoRollback(AutoRollbackEvent.DEPLOYMENT_FAILURE)
            .rollback(CHANGED)
            .plan()
            .start();

    assertThat(end(refused).error())
        .extracting("code")
        .isEqualTo(ErrorCode.HEALTH_CONSTRAINTS_INVALID);
    assertThat(refused.rollback()).isEmpty();
    assertThat(skipped(refused)).containsExactly("no host has been changed");
  }

  @Test
  void nothing_goes_back_through_a_one_way_door_and_the_reason_is_told() throws IOException {
    RollbackPreview preview = rollout("2.0").rollback(DOOR).plan().rollback();
    Rollout failed = failing(rollout("2.0").rollback(DOOR));

    assertThat(preview.forbidden()).isEqualTo(DOOR_IN_WORDS);
    assertThat(preview.waves()).isEmpty();
    assertThat(failed.rollback()).isEmpty();
    assertThat(skipped(failed)).containsExactly(DOOR_IN_WORDS);
  }

  @Test
  void a_door_that_was_passed_stays_shut_until_a_deployment_succeeds() throws IOException {
    Rollout passed = failing(rollout("2.0").rollback(DOOR));
    Rollout next = failing(rollout("2.1"));

    assertThat(skipped(passed)).containsExactly(DOOR_IN_WORDS);
    assertThat(skipped(next)).containsExactly(DOOR_IN_WORDS);
    assertThat(end(rollout("2.2").plan().start()).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    Rollout beyond = failing(rollout("3.0"));
    assertThat(beyond.rollback()).isPresent();
    end(beyond.rollback().orElseThrow());
  }

  @Test
  void a_retry_opens_no_one_way_door() throws IOException {
    Rollout failed = failing(rollout("2.0").rollback(DOOR));
    transport.failAt("a", LifecycleEvent.AFTER_INSTALL);
    transport.failAt("b", LifecycleEvent.AFTER_INSTALL);

    Rollout again = failed.retry();

    assertThat(end(again).status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(again.rollback()).isEmpty();
    assertThat(skipped(again)).containsExactly(DOOR_IN_WORDS);
  }

  @Test
  void a_door_that_has_opened_while_a_rollout_waited_is_open() throws IOException {
    failing(rollout("2.0").rollback(DOOR));
    transport.hold();
    transport.failAt("a", LifecycleEvent.AFTER_INSTALL);
    transport.failAt("b", LifecycleEvent.AFTER_INSTALL);
    Rollout mending = rollout("2.2", DeploymentConfigs.ALL_AT_ONCE).plan().start();
    Rollout waiting = rollout("3.0").onConflict(OnConflict.QUEUE).plan().start();

    transport.proceed();

    assertThat(end(mending).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(end(waiting).status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(waiting.rollback()).isPresent();
    end(waiting.rollback().orElseThrow());
  }

  @Test
  void a_stop_does_not_open_a_one_way_door() throws IOException {
    transport.hold();
    Rollout rollout = rollout("2.0").rollback(DOOR).plan().start();
    rollout.stop("enough");
    transport.proceed();

    assertThat(end(rollout).status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(rollout.rollback()).isEmpty();
    assertThat(skipped(rollout)).containsExactly(DOOR_IN_WORDS);
  }

  @Test
  void the_way_back_is_planned_before_the_start_at_either_pace() throws IOException {
    StrategyReference waves = StrategyReference.waves(WaveSize.count(1), WaveSize.rest());
    RollbackOptions fullPace = new RollbackOptions(RollbackOptions.Scope.ALL, true, null);

    RollbackPreview fast = rollout("2.0").strategy(waves).plan().rollback();
    RollbackPreview slow = rollout("2.0").strategy(waves).rollback(fullPace).plan().rollback();

    assertThat(fast.waves()).containsExactly(2, 2);
    assertThat(slow.waves()).startsWith(1);
    assertThat(slow.minimumHealthy()).isEqualTo(fast.minimumHealthy()).isEqualTo(2);
  }

  @Test
  void a_rollback_is_never_rolled_back() throws IOException {
    transport.failAt("a", LifecycleEvent.AFTER_INSTALL);
    transport.failAt("b", LifecycleEvent.AFTER_INSTALL);
    Rollout failing = rollout("2.0").plan().start();
    end(failing);
    Rollout rollback = failing.rollback().orElseThrow();

    assertThat(end(rollback).status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(rollback.rollback()).isEmpty();
    List<DeploymentId> all = deployer.rollouts(9).stream().map(Rollout::id).toList();
    assertThat(all).hasSize(3);
  }
}
