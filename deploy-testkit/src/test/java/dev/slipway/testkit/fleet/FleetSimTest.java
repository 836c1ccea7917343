package dev.slipway.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.RolloutPaused;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.StrategyDecision;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FleetSimTest {

  private static final DeploymentConfig EIGHT_OF_TEN =
      DeploymentConfig.custom("eight", MinimumHealthyHosts.hostCount(8));

  @Test
  void without_faults_a_deployment_succeeds_on_every_host() {
    FleetReport report = FleetSim.of(10).run(FleetDeployment.of(DeploymentConfigs.HALF_AT_A_TIME));

    assertThat(report.result().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(report.result().overview().succeeded()).isEqualTo(10);
    assertThat(report.tally().starts()).isEqualTo(10 * LifecycleEvent.IN_PLACE.size());
    assertThat(report.tally().crashes()).isZero();
  }

  @Test
  void a_bad_host_within_the_budget_is_forgiven() {
    FleetReport report =
        FleetSim.of(10)
            .run(
                FleetDeployment.of(EIGHT_OF_TEN)
                    .failing(new HostId("host-3"), LifecycleEvent.APPLICATION_START));

    assertThat(report.result().overview().failed()).isOne();
  }

  @Test
  void more_bad_hosts_than_that_end_in_a_rollback() {
    FleetReport report =
        FleetSim.of(3)
            .run(
                FleetDeployment.of(DeploymentConfigs.ONE_AT_A_TIME)
                    .autoRollback(AutoRollbackEvent.DEPLOYMENT_FAILURE)
                    .failing(new HostId("host-1"), LifecycleEvent.INSTALL)
                    .failing(new HostId("host-2"), LifecycleEvent.INSTALL)
                    .failing(new HostId("host-3"), LifecycleEvent.INSTALL));

    assertThat(report.results())
        .extracting(RolloutResult::status)
        .containsExactly(DeploymentStatus.FAILED, DeploymentStatus.SUCCEEDED);
    assertThat(report.result().rollback()).isEqualTo(report.results().get(1).id());
  }

  @Test
  void a_strategy_of_ones_own_meets_crashes_and_zombies() {
    FleetReport report =
        FleetSim.of(8)
            .faults(Fault.CONTROLLER_CRASH, Fault.ZOMBIE, Fault.DROP, Fault.DUPLICATE)
            .seed(7)
            .run(
                FleetDeployment.of(DeploymentConfigs.ALL_AT_ONCE)
                    .strategy(Strategies.waves(WaveSize.count(1), WaveSize.rest())));

    assertThat(report.result().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(report.tally().crashes()).isPositive();
  }

  @Test
  void a_strategy_that_gives_up_is_heard() {
    FleetReport report =
        FleetSim.of(4)
            .run(
                FleetDeployment.of(DeploymentConfigs.ALL_AT_ONCE)
                    .strategy(fleet -> new StrategyDecision.Finish("not on a Friday")));

    assertThat(report.result().status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(Objects.requireNonNull(report.result().error()).code())
        .isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
  }

  @Test
  void a_user_stops_and_pauses() {
    FleetReport stopped =
        FleetSim.of(10)
            .run(
                FleetDeployment.of(DeploymentConfigs.ONE_AT_A_TIME)
                    .stopAfter(Duration.ofSeconds(40)));
    FleetReport rested =
        FleetSim.of(10)
            .run(
                FleetDeployment.of(DeploymentConfigs.ONE_AT_A_TIME)
                    .pauseAfter(Duration.ofSeconds(10), Duration.ofMinutes(2)));

    assertThat(stopped.result().status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(rested.events(rested.result().id()))
        .anyMatch(recorded -> recorded.event() instanceof RolloutPaused);
  }

  @Test
  void a_violation_tells_how_to_see_it_again_and_what_happened_last() {
    FleetSim broken =
        FleetSim.of(3).faults(Fault.DUPLICATE).seed(1).hosts(FaultyHosts.WithoutTickets::new);

    assertThatThrownBy(() -> broken.run(FleetDeployment.of(DeploymentConfigs.ALL_AT_ONCE)))
        .isInstanceOf(FleetViolation.class)
        .hasMessageContaining("seed 1: ")
        .hasMessageContaining("has started a second time")
        .hasMessageContaining("again: -Dslipway.seed=1")
        .hasMessageContaining("VIOLATION");
  }

  @Test
  void a_violation_that_does_not_come_again_is_told_all_the_same() {
    AtomicInteger fleets = new AtomicInteger();
    FleetSim moody =
        FleetSim.of(3)
            .faults(Fault.DUPLICATE)
            .seed(1)
            .hosts(
                (id, world, witness, scripts) ->
                    fleets.getAndIncrement() < 3
                        ? new FaultyHosts.WithoutTickets(id, world, witness, scripts)
                        : new SimulatedHost(id, world, witness, scripts));

    assertThatThrownBy(() -> moody.run(FleetDeployment.of(DeploymentConfigs.ALL_AT_ONCE)))
        .isInstanceOf(FleetViolation.class)
        .hasMessageContaining("has started a second time")
        .hasMessageContaining("does not happen again");
  }

  @Test
  void a_host_that_is_not_in_the_fleet_is_named() {
    FleetDeployment strange =
        FleetDeployment.of(DeploymentConfigs.ALL_AT_ONCE)
            .failing(new HostId("host-4"), LifecycleEvent.INSTALL);

    assertThatThrownBy(() -> FleetSim.of(3).run(strange))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("failing() names host-4");
  }

  @Test
  void hosts_that_appear_meanwhile_get_the_revision_once_whatever_crashes() {
    List<HostId> first = List.of(new HostId("host-1"), new HostId("host-2"), new HostId("host-3"));
    int updates = 0;
    for (long seed = 0; seed < 150; seed++) {
      FleetReport report =
          FleetSim.of(5)
              .faults(Fault.values())
              .seed(seed)
              .run(
                  FleetDeployment.of(DeploymentConfigs.ALL_AT_ONCE)
                      .to(first)
                      .joining(new HostId("host-4"), new HostId("host-5")));

      boolean succeeded = report.result().status() == DeploymentStatus.SUCCEEDED;
      assertThat(report.results()).as("seed %d", seed).hasSize(succeeded ? 2 : 1);
      if (succeeded) {
        updates++;
        RolloutResult update = report.results().get(1);
        assertThat(report.result().update()).isEqualTo(update.id());
        assertThat(update.hosts())
            .extracting(HostResult::host)
            .containsExactlyInAnyOrder(new HostId("host-4"), new HostId("host-5"));
      }
    }
    assertThat(updates).isGreaterThan(50);
  }
}
