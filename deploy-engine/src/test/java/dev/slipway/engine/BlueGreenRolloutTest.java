package dev.slipway.engine;

import static dev.slipway.deployment.AutoRollbackEvent.DEPLOYMENT_FAILURE;
import static dev.slipway.deployment.AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.domain.DeploymentTarget;
import dev.slipway.domain.Deployments;
import dev.slipway.domain.WaitType;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostSelector;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts to replacement hosts, to which traffic is switched. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class BlueGreenRolloutTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final HostSelector BLUE = HostSelector.none().tag("colour", "blue");

  @TempDir private Path directory;

  private final ScriptedTransport transport = new ScriptedTransport();
  private final Balancer balancer = new Balancer();
  private final List<Host> fleet =
      Stream.of("blue-1", "blue-2", "green-1", "green-2", "teal-1", "teal-2", "teal-3", "grey-1")
          .map(BlueGreenRolloutTest::host)
          .toList();
  private Deployer deployer;

  @BeforeEach
  void start() throws IOException {
    for (String version : List.of("1.0", "1.1")) {
      Path bundle = Files.createDirectories(directory.resolve(version));
      Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
      Files.writeString(bundle.resolve("VERSION"), version);
    }
    deployer =
        Slipway.builder()
            .inventory(selector -> fleet.stream().filter(selector::matches).toList())
            .transport(transport)
            .state(directory.resolve("state"))
            .trafficControl("balancer", balancer)
            .random(new Random(7))
            .build();
    RolloutResult first = rollOut(web("1.0").to(BLUE));
    assertThat(first.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    balancer.withOut("green-1", "green-2", "teal-1", "teal-2", "teal-3", "grey-1");
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  @Test
  void traffic_goes_to_the_replacements_and_then_leaves_the_originals() {
    RolloutResult result = rollOut(switching(BlueGreen.from(BLUE)));

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(result.hosts()).extracting(HostResult::status).containsOnly(HostStatus.SUCCEEDED);
    assertThat(balancer.told()).hasSize(4);
    assertThat(balancer.told().subList(0, 2)).containsExactlyInAnyOrder("in green-1", "in green-2");
    assertThat(balancer.told().subList(2, 4)).containsExactlyInAnyOrder("out blue-1", "out blue-2");
    assertThat(balancer.inService()).containsExactly("green-1", "green-2");
  }

  @Test
  void a_switch_that_goes_wrong_is_taken_back() {
    transport.failAt("green-2", LifecycleEvent.AFTER_ALLOW_TRAFFIC);
    transport.failAt("green-1", LifecycleEvent.AFTER_ALLOW_TRAFFIC);

    Rollout rollout =
        switching(BlueGreen.from(BLUE)).autoRollback(DEPLOYMENT_FAILURE).plan().start();
    RolloutResult result = rollout.await(MINUTE).orElseThrow();
    Rollout rollback = rollout.rollback().orElseThrow();
    RolloutResult back = rollback.await(MINUTE).orElseThrow();

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(back.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(balancer.inService()).containsExactly("blue-1", "blue-2");
    assertThat(transport.offered())
        .filteredOn(key -> key.deployment().equals(rollback.id()))
        .extracting(key -> key.host() + " " + key.event().wireName())
        .containsExactlyInAnyOrder(
            "blue-1 BeforeAllowTraffic",
            "blue-1 AfterAllowTraffic",
            "blue-2 BeforeAllowTraffic",
            "blue-2 AfterAllowTraffic",
            "green-1 BeforeBlockTraffic",
            "green-1 AfterBlockTraffic",
            "green-2 BeforeBlockTraffic",
            "green-2 AfterBlockTraffic");
  }

  @Test
  void a_switch_is_taken_back_to_originals_that_are_no_more_than_the_floor() {
    for (String host : List.of("teal-1", "teal-2", "teal-3")) {
      transport.failAt(host, LifecycleEvent.AFTER_ALLOW_TRAFFIC);
    }

    RolloutResult back =
        takenBack(
            switching("teal", BlueGreen.from(BLUE))
                .config(DeploymentConfig.custom("two-healthy", MinimumHealthyHosts.hostCount(2))));

    assertThat(back.error()).isNull();
    assertThat(back.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(balancer.inService()).containsExactly("blue-1", "blue-2");
  }

  @Test
  void a_switch_is_taken_back_to_more_originals_than_a_rollout_may_have_hosts() {
    transport.failAt("grey-1", LifecycleEvent.AFTER_ALLOW_TRAFFIC);

    RolloutResult back =
        takenBack(
            switching("grey", BlueGreen.from(BLUE))
                .config(DeploymentConfigs.ONE_AT_A_TIME)
                .limits(RolloutLimits.NONE.withMaxHosts(1)));

    assertThat(back.error()).isNull();
    assertThat(back.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(balancer.inService()).containsExactly("blue-1", "blue-2");
  }

  @Test
  void replacements_wait_for_somebody_who_asks_for_the_switch() throws InterruptedException {
    Rollout rollout =
        switching(new BlueGreen(BLUE, Duration.ofHours(1)))
            .autoRollback(DEPLOYMENT_STOP_ON_REQUEST)
            .plan()
            .start();
    CountDownLatch ready = new CountDownLatch(1);
    rollout.onEvent(
        event -> {
          if (event.event().kind().equals("SwitchAwaited")) {
            ready.countDown();
          }
        });
    ready.await();

    assertThat(rollout.status()).isEqualTo(DeploymentStatus.READY);
    assertThat(deployments().targets(rollout.id().value()))
        .extracting(DeploymentTarget::status, DeploymentTarget::label)
        .containsOnly(
            tuple(HostStatus.READY, DeploymentTarget.Label.GREEN),
            tuple(HostStatus.PENDING, DeploymentTarget.Label.BLUE));
    assertThat(balancer.told()).isEmpty();
    deployments().continueDeployment(rollout.id().value(), WaitType.READY_WAIT);

    assertThat(rollout.await(MINUTE).orElseThrow().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(balancer.inService()).containsExactly("green-1", "green-2");
  }

  @Test
  void only_a_deployment_that_waits_can_be_continued() {
    Rollout inPlace = web("1.1").to(BLUE).plan().start();
    assertThat(inPlace.await(MINUTE)).isPresent();
    Rollout over = switching(BlueGreen.from(BLUE)).plan().start();
    assertThat(over.await(MINUTE)).isPresent();

    assertThatThrownBy(
            () -> deployments().continueDeployment(inPlace.id().value(), WaitType.READY_WAIT))
        .asInstanceOf(type(DomainException.class))
        .extracting(DomainException::error)
        .isEqualTo(DomainError.UNSUPPORTED_ACTION_FOR_DEPLOYMENT_TYPE);
    assertThatThrownBy(
            () -> deployments().continueDeployment(over.id().value(), WaitType.READY_WAIT))
        .asInstanceOf(type(DomainException.class))
        .extracting(DomainException::error)
        .isEqualTo(DomainError.DEPLOYMENT_ALREADY_COMPLETED);
  }

  @Test
  void a_host_shows_each_of_its_events_with_its_times_and_what_it_said() {
    transport.failAt("green-1", LifecycleEvent.INSTALL);
    transport.failAt("green-2", LifecycleEvent.INSTALL);
    Rollout rollout = switching(BlueGreen.from(BLUE)).plan().start();
    RolloutResult result = rollout.await(MINUTE).orElseThrow();
    String failed = result.hosts().get(0).host().value();

    DeploymentTarget target = deployments().target(rollout.id().value(), failed);

    assertThat(target.status()).isEqualTo(HostStatus.FAILED);
    assertThat(target.events())
        .extracting(DeploymentTarget.Run::event, DeploymentTarget.Run::status)
        .contains(
            tuple(LifecycleEvent.BEFORE_INSTALL, LifecycleEventStatus.SUCCEEDED),
            tuple(LifecycleEvent.INSTALL, LifecycleEventStatus.FAILED),
            tuple(LifecycleEvent.AFTER_ALLOW_TRAFFIC, LifecycleEventStatus.SKIPPED))
        .hasSize(10);
    assertThat(target.events().get(9).startedAt()).isNull();
    assertThat(target.events().get(9).endedAt()).isNotNull();
    assertThat(target.events().get(3).diagnostics()).isNotNull();
    assertThatThrownBy(() -> deployments().target(rollout.id().value(), "mail-1"))
        .hasMessageContaining("has no host 'mail-1'");
  }

  private Deployments deployments() {
    return deployer.domain().deployments();
  }

  @Test
  void a_host_is_an_original_or_a_replacement_and_never_both() {
    RolloutBuilder wrong = switching(BlueGreen.from(HostSelector.none().tag("role", "web")));

    assertThatThrownBy(wrong::plan)
        .isInstanceOf(RequestException.class)
        .hasMessageEndingWith("is both an original and a replacement: it can be one of them");
  }

  @Test
  void a_switch_needs_somebody_who_carries_it_out() {
    RolloutBuilder wrong = web("1.1").to(BLUE).blueGreen(BlueGreen.from(BLUE));

    assertThatThrownBy(wrong::plan)
        .hasMessage("blueGreen(…) needs traffic(…): name who switches traffic");
  }

  private static RolloutResult takenBack(RolloutBuilder builder) {
    Rollout rollout = builder.autoRollback(DEPLOYMENT_FAILURE).plan().start();
    RolloutResult result = rollout.await(MINUTE).orElseThrow();
    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    return rollout.rollback().orElseThrow().await(MINUTE).orElseThrow();
  }

  private RolloutBuilder switching(BlueGreen how) {
    return switching("green", how).config(DeploymentConfigs.ONE_AT_A_TIME);
  }

  private RolloutBuilder switching(String colour, BlueGreen how) {
    return web("1.1")
        .to(hosts -> hosts.tag("colour", colour))
        .traffic(TrafficReference.to("balancer"))
        .blueGreen(how);
  }

  private RolloutBuilder web(String version) {
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(directory.resolve(version)));
  }

  private static Host host(String name) {
    String colour = name.substring(0, name.indexOf('-'));
    return new Host(new HostId(name), name, "", Map.of("role", "web", "colour", colour), Map.of());
  }

  private static RolloutResult rollOut(RolloutBuilder builder) {
    return builder.plan().start().await(MINUTE).orElseThrow();
  }
}
