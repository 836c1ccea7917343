package dev.slipway.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentStatus;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LargeFleetTest {

  @Test
  void ten_thousand_hosts_are_no_trouble() {
    SimulationResult result =
        Simulation.run(SimulationSpec.of(10_000, DeploymentConfigs.HALF_AT_A_TIME));

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(result.waves()).hasSize(2);
  }

  @Test
  void nor_are_they_one_at_a_time() {
    SimulationResult result =
        Simulation.run(SimulationSpec.of(10_000, DeploymentConfigs.ONE_AT_A_TIME));

    assertThat(result.waves()).hasSize(10_000);
  }
}
