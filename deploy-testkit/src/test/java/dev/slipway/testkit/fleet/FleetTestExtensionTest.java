package dev.slipway.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.DeploymentConfigs;
import dev.slipway.rollout.RolloutResult;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.TestInfo;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FleetTestExtensionTest {

  private static final Set<String> RUNS = new HashSet<>();

  @FleetTest(hosts = 5, fixed = 4, fresh = 2)
  void every_run_has_its_seed_and_ends(FleetSim sim, TestInfo info) {
    RUNS.add(info.getDisplayName());

    FleetReport report = sim.run(FleetDeployment.of(DeploymentConfigs.HALF_AT_A_TIME));

    assertThat(report.results())
        .extracting(RolloutResult::status)
        .allMatch(status -> status.isTerminal());
    assertThat(report.result().hosts()).hasSize(5);
  }

  @AfterAll
  static void there_were_as_many_runs_as_seeds() {
    if (Long.getLong(FleetSim.SEED_PROPERTY) == null) {
      assertThat(RUNS).hasSize(6).contains("seed 0", "seed 3");
    }
  }
}
