package dev.slipway.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.RequestException;
import dev.slipway.strategy.Strategies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulationTest {

  @Test
  void the_same_seed_gives_the_same_run_and_another_one_another() {
    SimulationSpec spec =
        SimulationSpec.of(10, DeploymentConfigs.HALF_AT_A_TIME).failing(List.of(2, 9)).seeded(42);

    assertThat(Simulation.run(spec)).isEqualTo(Simulation.run(spec));
    assertThat(Simulation.run(spec.seeded(43)).seconds())
        .isNotEqualTo(Simulation.run(spec).seconds());
  }

  @Test
  void an_ignored_failure_of_application_stop_fails_no_host() {
    SimulationSpec spec =
        SimulationSpec.of(2, DeploymentConfigs.ONE_AT_A_TIME)
            .failing(Map.of(1, LifecycleEvent.APPLICATION_STOP));

    SimulationResult strict = Simulation.run(spec);
    SimulationResult forgiving = Simulation.run(spec.ignoringApplicationStopFailures(true));

    assertThat(strict.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(forgiving.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(forgiving.failed()).isZero();
  }

  @Test
  void a_growing_strategy_goes_on_inside_the_floor() {
    SimulationResult result =
        Simulation.run(
            SimulationSpec.of(40, DeploymentConfigs.HALF_AT_A_TIME)
                .with("waves", Strategies.parseWaves(List.of("1", "5%", "25%", "rest"))));

    assertThat(result.waves()).extracting(List::size).containsExactly(1, 1, 8, 20, 10);
  }

  @Test
  void zones_come_by_name() {
    SimulationResult result =
        Simulation.run(
            SimulationSpec.ofZones(Map.of("b", 2, "a", 1, "c", 1), DeploymentConfigs.ALL_AT_ONCE));

    assertThat(result.waves()).containsExactly(List.of(1, 2, 3, 4));
  }

  @Test
  void a_bad_position_or_event_is_refused() {
    SimulationSpec spec = SimulationSpec.of(3, DeploymentConfigs.ONE_AT_A_TIME);

    assertThatThrownBy(() -> spec.failing(List.of(4)))
        .isInstanceOf(RequestException.class)
        .hasMessage("a host that fails is named by its position, 1 to 3, but was 4");
    assertThatThrownBy(() -> spec.failing(Map.of(1, LifecycleEvent.BLOCK_TRAFFIC)))
        .hasMessage(
            "host 1 cannot fail at BlockTraffic: it does not occur; there are ApplicationStop,"
                + " DownloadBundle, BeforeInstall, Install, AfterInstall, ApplicationStart,"
                + " ValidateService");
    assertThatThrownBy(() -> SimulationSpec.of(-1, DeploymentConfigs.ONE_AT_A_TIME))
        .hasMessageContaining("0 or more hosts, but was -1");
  }
}
