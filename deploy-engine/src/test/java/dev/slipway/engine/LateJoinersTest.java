package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.LateJoiners;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.HostDrift;
import dev.slipway.engine.remote.CallPolicy;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.RecordedEvent;
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
import dev.slipway.testkit.VirtualTimers;
import dev.slipway.testkit.VirtualTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of hosts that appear in the inventory while a rollout of their group runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LateJoinersTest {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final ScriptedTransport transport = new ScriptedTransport();
  private final List<Host> fleet = new CopyOnWriteArrayList<>();
  private volatile boolean inventoryIsAway;
  private volatile boolean inventoryIsBroken;
  private Deployer deployer;

  @BeforeEach
  void start() {
    Stream.of("a", "b").map(Host::named).forEach(fleet::add);
    deployer =
        Slipway.builder()
            .inventory(this::hosts)
            .inventoryCalls(CallPolicy.INVENTORY.withAttempts(1))
            .transport(transport)
            .trafficControl(
                "balancer", new VirtualTraffic(new VirtualTimers(), Duration.ofSeconds(1)))
            .state(directory.resolve("state"))
            .build();
  }

  @AfterEach
  void close() {
    transport.proceed();
    deployer.close();
  }

  private List<Host> hosts(HostSelector selector) {
    if (inventoryIsAway) {
      throw new RequestException("the inventory is away");
    }
    if (inventoryIsBroken) {
      throw new NoClassDefFoundError("com/acme/Cmdb");
    }
    return List.copyOf(fleet);
  }

  private RolloutBuilder rollout(String version) throws IOException {
    Path bundle = directory.resolve(version);
    // Once: what is written again is another bundle, by the times of its files.
    if (!Files.exists(bundle)) {
      Files.createDirectories(bundle);
      Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
      Files.writeString(bundle.resolve("version"), version);
    }
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(bundle))
        .to(HostSelector.none());
  }

  /** Starts a rollout, during which hosts appear. */
  private Rollout joined(RolloutBuilder rollout, String... names) {
    transport.hold();
    Rollout started = rollout.plan().start();
    Stream.of(names).map(Host::named).forEach(fleet::add);
    transport.proceed();
    return started;
  }

  private static RolloutResult end(Rollout rollout) {
    return rollout.await(LONG_ENOUGH).orElseThrow();
  }

  private static List<String> names(RolloutResult result) {
    return result.hosts().stream().map(HostResult::host).map(HostId::value).sorted().toList();
  }

  @Test
  void nobody_looks_for_them_unless_asked_to() throws IOException {
    Rollout rollout = joined(rollout("1.0"), "c");

    RolloutResult result = end(rollout);

    assertThat(result.joined()).isEmpty();
    assertThat(rollout.update()).isEmpty();
    assertThat(deployer.rollouts(10)).hasSize(1);
  }

  @Test
  void a_rollout_can_name_them_in_its_result() throws IOException {
    Rollout rollout = joined(rollout("1.0").lateJoiners(LateJoiners.REPORT), "c", "d");

    RolloutResult result = end(rollout);

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(result.joined()).containsExactly(new HostId("c"), new HostId("d"));
    assertThat(result.update()).isNull();
    assertThat(deployer.rollouts(10)).hasSize(1);
  }

  @Test
  void they_get_the_revision_in_a_deployment_of_their_own() throws IOException {
    Rollout rollout = joined(rollout("1.0").lateJoiners(LateJoiners.DEPLOY_AFTER), "c", "d");

    RolloutResult result = end(rollout);
    Rollout update = rollout.update().orElseThrow();
    RolloutResult updated = end(update);

    assertThat(result.update()).isEqualTo(update.id());
    assertThat(names(result)).containsExactly("a", "b");
    assertThat(names(updated)).containsExactly("c", "d");
    assertThat(updated.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(update.update()).isEmpty();
    assertThat(deployer.domain().deployments().get(update.id().value()).creator())
        .isEqualTo(Creator.AUTO_UPDATE);
    assertThat(deployer.domain().drift("web", "prod").count(HostDrift.Standing.CURRENT))
        .isEqualTo(4);
    assertThat(deployer.rollouts(10)).hasSize(2);
  }

  @Test
  void those_that_appear_during_that_deployment_get_it_too() throws IOException {
    Rollout rollout = joined(rollout("1.0").lateJoiners(LateJoiners.DEPLOY_AFTER), "c");
    transport.hold();
    fleet.add(Host.named("d"));
    transport.proceed();

    end(rollout);
    List<Rollout> unfinished = deployer.unfinished();
    while (!unfinished.isEmpty()) {
      unfinished.forEach(LateJoinersTest::end);
      unfinished = deployer.unfinished();
    }

    assertThat(deployer.domain().drift("web", "prod").count(HostDrift.Standing.CURRENT))
        .isEqualTo(4);
  }

  @Test
  void hosts_that_run_the_revision_or_have_failed_it_are_left_alone() throws IOException {
    end(rollout("1.0").plan().start());
    transport.failAt("b", LifecycleEvent.INSTALL);
    RolloutResult failing =
        end(rollout("2.0").config(DeploymentConfigs.ALL_AT_ONCE).plan().start());
    assertThat(failing.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    fleet.removeIf(host -> host.id().value().equals("b"));

    Rollout rollout = rollout("2.0").lateJoiners(LateJoiners.DEPLOY_AFTER).plan().start();
    fleet.add(Host.named("b"));

    assertThat(end(rollout).joined()).isEmpty();
  }

  @Test
  void a_rollout_that_fails_brings_nothing_to_them() throws IOException {
    transport.failAt("a", LifecycleEvent.INSTALL);
    transport.failAt("b", LifecycleEvent.INSTALL);
    Rollout rollout = joined(rollout("1.0").lateJoiners(LateJoiners.DEPLOY_AFTER), "c");

    assertThat(end(rollout).status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(rollout.update()).isEmpty();
    assertThat(deployer.rollouts(10)).hasSize(1);
  }

  @Test
  void a_floor_that_leaves_no_room_among_them_lets_them_go_one_by_one() throws IOException {
    Rollout rollout =
        joined(
            rollout("1.0")
                .minimumHealthy(MinimumHealthyHosts.hostCount(1))
                .lateJoiners(LateJoiners.DEPLOY_AFTER),
            "c");

    end(rollout);

    assertThat(end(rollout.update().orElseThrow()).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void an_inventory_that_cannot_be_read_holds_up_no_end() throws IOException {
    transport.hold();
    Rollout rollout = rollout("1.0").lateJoiners(LateJoiners.DEPLOY_AFTER).plan().start();
    inventoryIsAway = true;
    transport.proceed();

    assertThat(end(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(rollout.recorded())
        .extracting(RecordedEvent::event)
        .contains(
            new HostsJoined(
                List.of(), null, "the inventory cannot be read: the inventory is away"));
  }

  @Test
  void an_inventory_that_fails_with_an_error_holds_up_no_end() throws IOException {
    transport.hold();
    Rollout rollout = rollout("1.0").lateJoiners(LateJoiners.REPORT).plan().start();
    inventoryIsBroken = true;
    transport.proceed();

    assertThat(end(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(rollout.recorded())
        .extracting(RecordedEvent::event)
        .contains(
            new HostsJoined(
                List.of(),
                null,
                "the inventory cannot be read: java.lang.NoClassDefFoundError: com/acme/Cmdb"));
  }

  @Test
  void an_inventory_that_knows_none_of_the_hosts_is_another_one() throws IOException {
    transport.hold();
    Rollout rollout = rollout("1.0").lateJoiners(LateJoiners.DEPLOY_AFTER).plan().start();
    fleet.clear();
    fleet.add(Host.named("x"));
    transport.proceed();

    assertThat(end(rollout).joined()).isEmpty();
    assertThat(rollout.update()).isEmpty();
  }

  @Test
  void it_comes_before_those_that_wait_in_the_group() throws IOException {
    transport.hold();
    Rollout rollout = rollout("1.0").lateJoiners(LateJoiners.DEPLOY_AFTER).plan().start();
    fleet.add(Host.named("c"));
    Rollout waiting = rollout("2.0").onConflict(OnConflict.QUEUE).plan().start();
    transport.proceed();

    end(waiting);

    assertThat(transport.offered().stream().map(key -> key.deployment()).distinct())
        .containsExactly(rollout.id(), rollout.update().orElseThrow().id(), waiting.id());
  }

  @Test
  void a_blue_green_deployment_has_the_hosts_that_were_prepared_for_it() {
    assertThatThrownBy(
            () ->
                rollout("1.0")
                    .traffic(TrafficReference.to("balancer"))
                    .blueGreen(BlueGreen.from(HostSelector.none().tag("colour", "blue")))
                    .lateJoiners(LateJoiners.DEPLOY_AFTER)
                    .plan())
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("lateJoiners");
  }
}
