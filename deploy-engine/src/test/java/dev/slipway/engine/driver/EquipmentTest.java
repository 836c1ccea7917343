package dev.slipway.engine.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.Slipway;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Hold;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.testkit.ScriptedTransport;
import dev.slipway.testkit.VirtualTimers;
import dev.slipway.testkit.VirtualTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strategies and traffic controls that cannot be made when a rollout is taken over. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class EquipmentTest {

  @TempDir private Path directory;

  private final VirtualTimers timers = new VirtualTimers();
  private final TrafficControl balancer = new VirtualTraffic(timers, Duration.ZERO);
  private volatile boolean broken;
  private Deployer deployer;

  @BeforeEach
  void start() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    deployer =
        Slipway.builder()
            .inventory(selector -> List.of(Host.named("web-1")))
            .transport(new ScriptedTransport())
            .state(directory.resolve("state"))
            .strategy("mine", 1, parameters -> strategy())
            .trafficControl("balancer", 1, parameters -> control())
            .timers(timers)
            .build();
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  /** Who plans and starts a rollout has all. */
  private boolean isBrokenHere() {
    return broken && Thread.currentThread().getName().startsWith("slipway-driver");
  }

  private Strategy strategy() {
    if (isBrokenHere()) {
      throw new RequestException("pace.json is not there");
    }
    return Strategies.asManyAsMay();
  }

  private TrafficControl control() {
    if (isBrokenHere()) {
      throw new NoClassDefFoundError("com/acme/Balancer");
    }
    return balancer;
  }

  private Rollout begunWithout(UnaryOperator<RolloutBuilder> options) {
    Plan plan =
        options
            .apply(
                deployer
                    .rollout("web", "prod")
                    .revision(Revision.localDirectory(directory.resolve("1.0")))
                    .to(hosts -> hosts)
                    .config(DeploymentConfigs.ALL_AT_ONCE))
            .plan();
    broken = true;
    return plan.start();
  }

  private Rollout begunWithoutStrategy() {
    return begunWithout(rollout -> rollout.strategy(new StrategyReference("mine", 1, "{}")));
  }

  private Rollout begunWithoutTraffic() {
    return begunWithout(rollout -> rollout.traffic(TrafficReference.to("balancer")));
  }

  private static List<String> holds(Rollout rollout) {
    List<String> messages = List.of();
    while (messages.isEmpty()) {
      messages =
          rollout.explain().stream()
              .filter(hold -> hold.kind() == Hold.Kind.STRATEGY)
              .map(Hold::message)
              .toList();
    }
    return messages;
  }

  private void stop(Rollout rollout) {
    rollout.stop(Duration.ZERO, "");
    while (!rollout.status().isTerminal()) {
      timers.advance(Duration.ofSeconds(1));
    }
  }

  /** Mends what was broken, and gives calls time for their answers. */
  private RolloutResult mend(Rollout rollout) {
    broken = false;
    timers.advance(Duration.ofMinutes(1));
    Optional<RolloutResult> end = rollout.await(Duration.ofSeconds(2));
    while (end.isEmpty()) {
      timers.advance(Duration.ofSeconds(1));
      end = rollout.await(Duration.ofSeconds(2));
    }
    return end.get();
  }

  @Test
  void a_strategy_that_cannot_be_made_is_named_and_keeps_no_stop_from_acting() {
    Rollout rollout = begunWithoutStrategy();

    assertThat(holds(rollout))
        .containsExactly(
            "the strategy waits: the process that drives the rollout cannot make strategy mine"
                + " version 1 now (dev.slipway.failure.RequestException: pace.json is not there);"
                + " it tries again every minute, and the rollout goes on when it can");
    stop(rollout);

    assertThat(rollout.status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_traffic_control_that_cannot_be_made_is_named_and_keeps_no_stop_from_acting() {
    Rollout rollout = begunWithoutTraffic();

    assertThat(holds(rollout))
        .containsExactly(
            "the strategy waits: the process that drives the rollout cannot make traffic control"
                + " balancer version 1 now (java.lang.NoClassDefFoundError: com/acme/Balancer);"
                + " it tries again every minute, and the rollout goes on when it can");
    stop(rollout);

    assertThat(rollout.status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_rollout_goes_on_when_its_strategy_can_be_made() {
    Rollout rollout = begunWithoutStrategy();
    assertThat(holds(rollout)).hasSize(1);

    assertThat(mend(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_rollout_goes_on_when_its_traffic_control_can_be_made() {
    Rollout rollout = begunWithoutTraffic();
    assertThat(holds(rollout)).hasSize(1);

    assertThat(mend(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }
}
