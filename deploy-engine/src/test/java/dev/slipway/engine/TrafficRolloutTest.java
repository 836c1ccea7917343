package dev.slipway.engine;

import static dev.slipway.deployment.AutoRollbackEvent.DEPLOYMENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.remote.CallPolicy;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.traffic.TrafficOrder;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts that take hosts out of traffic. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class TrafficRolloutTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final TrafficReference BALANCER = TrafficReference.to("balancer");

  @TempDir private Path directory;

  private final ScriptedTransport transport = new ScriptedTransport();
  private final Balancer balancer = new Balancer();
  private final List<Host> fleet = List.of(web("web-1"), web("web-2"));
  private Deployer deployer;

  @BeforeEach
  void start() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    deployer = newDeployer();
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  @Test
  void each_host_leaves_traffic_and_comes_back_before_the_next_one_leaves() {
    RolloutResult result = rollOut(web().traffic(BALANCER));

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    String first = result.hosts().get(0).host().value();
    String second = result.hosts().get(1).host().value();
    assertThat(balancer.told())
        .containsExactly("out " + first, "in " + first, "out " + second, "in " + second);
    assertThat(transport.offered()).hasSize(22).noneMatch(key -> key.event().isControlSide());
  }

  @Test
  void a_rollback_takes_hosts_out_of_traffic_too() {
    rollOut(web());
    transport.failAt("web-1", LifecycleEvent.INSTALL);
    transport.failAt("web-2", LifecycleEvent.INSTALL);

    Rollout rollout = web().traffic(BALANCER).autoRollback(DEPLOYMENT_FAILURE).plan().start();
    RolloutResult result = rollout.await(MINUTE).orElseThrow();

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(rollout.rollback().orElseThrow().await(MINUTE)).isPresent();
    String first = result.hosts().get(0).host().value();
    assertThat(balancer.told()).containsExactly("out " + first, "out " + first);
  }

  @Test
  void hosts_that_switch_together_are_told_in_one_order() {
    rollOut(web().config(DeploymentConfigs.ALL_AT_ONCE).traffic(BALANCER));

    assertThat(balancer.told()).hasSize(4);
    assertThat(balancer.orders()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void the_orders_of_a_deployment_are_older_than_those_of_the_next_one() {
    rollOut(web().traffic(BALANCER));
    List<TrafficOrder> first = balancer.orders();
    rollOut(web().traffic(BALANCER));
    List<TrafficOrder> second = balancer.orders().subList(first.size(), first.size() * 2);

    assertThat(first)
        .allSatisfy(
            order ->
                assertThat(second)
                    .allMatch(order::isOlderThan)
                    .noneMatch(later -> later.isOlderThan(order)));
    assertThat(first).extracting(TrafficOrder::epoch).containsOnly(1L);
  }

  @Test
  void a_control_that_is_away_is_told_again_until_it_has_switched() {
    balancer.forget(3);

    assertThat(rollOut(web().traffic(BALANCER)).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(balancer.told()).hasSize(7);
  }

  @Test
  void a_host_that_the_control_refuses_has_failed_and_no_other() {
    balancer.refuse("web-2");

    RolloutResult result = rollOut(web().config(DeploymentConfigs.ALL_AT_ONCE).traffic(BALANCER));

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(result.hosts())
        .filteredOn(host -> host.status() == HostStatus.FAILED)
        .singleElement()
        .extracting(HostResult::host, HostResult::reason)
        .containsExactly(
            new HostId("web-2"), "BlockTraffic: UnknownError, no server web-2 in backend web");
  }

  @Test
  void a_control_that_nobody_has_registered_is_refused() {
    RolloutBuilder wrong = web().traffic(TrafficReference.to("haproxy"));

    assertThatThrownBy(wrong::plan)
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "traffic control haproxy version 1 is not registered: give it to"
                + " Slipway.builder().trafficControl(…)");
  }

  private static Host web(String name) {
    return new Host(new HostId(name), name, "", Map.of("role", "web"), Map.of());
  }

  private RolloutBuilder web() {
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(directory.resolve("1.0")))
        .to(hosts -> hosts.tag("role", "web"));
  }

  private static RolloutResult rollOut(RolloutBuilder builder) {
    return builder.plan().start().await(MINUTE).orElseThrow();
  }

  private Deployer newDeployer() {
    return Slipway.builder()
        .inventory(selector -> fleet.stream().filter(selector::matches).toList())
        .transport(transport)
        .state(directory.resolve("state"))
        .trafficControl("balancer", balancer)
        .trafficCalls(CallPolicy.TRAFFIC.withAttempts(1))
        .random(new Random(7))
        .build();
  }
}
