package dev.slipway.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.RolloutLimits;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutPlan;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyDecision;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan is what happens when all goes well. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanMatchesSimulationTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void a_plan_has_the_waves_of_a_rollout_in_which_all_hosts_succeed(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      SimulationSpec spec = randomSpec(random);

      RolloutPlan plan = plan(spec);
      SimulationResult result = Simulation.run(spec);

      assertThat(positions(plan)).as("%s", spec).isEqualTo(result.waves());
      assertThat(plan.error()).as("%s", spec).isEqualTo(result.error());
      assertThat(plan.failureBudget())
          .isEqualTo(plan.zones().get(plan.zones().size() - 1).to() - plan.minimumHealthy());
    }
  }

  @Test
  void in_a_window_the_waves_are_those_of_hosts_that_take_the_same_time() {
    SimulationSpec spec =
        SimulationSpec.of(10, DeploymentConfig.custom("test", MinimumHealthyHosts.hostCount(3)))
            .with(Batching.WINDOW);

    RolloutPlan plan = plan(spec);

    assertThat(positions(plan)).containsExactly(List.of(1, 2, 3, 4, 5, 6, 7), List.of(8, 9, 10));
  }

  @Test
  void a_hundred_thousand_hosts_are_planned_one_by_one() {
    SimulationSpec spec = SimulationSpec.of(100_000, DeploymentConfigs.ONE_AT_A_TIME);

    RolloutPlan plan = plan(spec);

    assertThat(plan.waves()).hasSize(100_000);
  }

  @Test
  void a_strategy_that_waits_too_often_is_seen_beforehand() {
    Strategy slow =
        fleet ->
            fleet.started() == 0
                ? new StrategyDecision.Start(fleet.nextPending(1))
                : new StrategyDecision.Hold("an hour", fleet.now().plusSeconds(3_600));
    SimulationSpec spec = SimulationSpec.of(3, DeploymentConfigs.ALL_AT_ONCE);

    RolloutPlan plan =
        RolloutPlan.of(
            new RolloutDefinition(
                Simulation.definition(spec).deployment(),
                Simulation.definition(spec).creator(),
                Simulation.definition(spec).hosts(),
                RolloutDefinition.Pace.of(spec.config()),
                Simulation.definition(spec).lifecycle(),
                Simulation.definition(spec).rollback()),
            "slow",
            slow);

    assertThat(plan.error()).extracting(ErrorInformation::code).isEqualTo(ErrorCode.TIMEOUT);
  }

  private static RolloutPlan plan(SimulationSpec spec) {
    return RolloutPlan.of(Simulation.definition(spec), spec.strategyName(), spec.strategy());
  }

  private static List<List<Integer>> positions(RolloutPlan plan) {
    return plan.waves().stream()
        .map(
            wave ->
                wave.stream()
                    .map(host -> Integer.valueOf(host.value().substring("host-".length())))
                    .toList())
        .toList();
  }

  private static SimulationSpec randomSpec(SplittableRandom random) {
    Map<String, Integer> zones = new TreeMap<>();
    for (int zone = random.nextInt(1, 4); zone > 0; zone--) {
      zones.put("zone-" + zone, random.nextInt(1, 30));
    }
    int hosts = zones.values().stream().mapToInt(Integer::intValue).sum();
    MinimumHealthyHosts floor =
        random.nextBoolean()
            ? MinimumHealthyHosts.percent(random.nextInt(0, 100))
            : MinimumHealthyHosts.hostCount(random.nextInt(0, hosts + 1));
    DeploymentConfig config =
        new DeploymentConfig(
            "plan",
            floor,
            random.nextBoolean()
                ? null
                : ZonalConfig.of(
                    null,
                    Duration.ofSeconds(random.nextInt(60)),
                    MinimumHealthyHosts.percent(random.nextInt(90))));
    SimulationSpec spec = SimulationSpec.ofZones(zones, config).seeded(random.nextLong());
    if (random.nextInt(3) == 0) {
      spec = spec.with(RolloutLimits.NONE.withMaxParallel(random.nextInt(1, 5)));
    }
    return random.nextBoolean()
        ? spec.with(
            "waves", Strategies.waves(WaveSize.count(2), WaveSize.percent(25), WaveSize.rest()))
        : spec;
  }
}
