package dev.slipway.benchmarks;

import dev.slipway.config.DeploymentConfigs;
import dev.slipway.engine.simulation.Simulation;
import dev.slipway.engine.simulation.SimulationResult;
import dev.slipway.engine.simulation.SimulationSpec;

/** Simulates a rollout of 10,000 hosts, or as many as the first argument says. */
final class SimulationBenchmark {

  private static final int HOSTS = 10_000;
  private static final int WARM_UP = 2;
  private static final int REPETITIONS = 5;

  private SimulationBenchmark() {}

  public static void main(String[] args) throws Exception {
    int hosts = args.length > 0 ? Integer.parseInt(args[0]) : HOSTS;
    SimulationSpec spec = SimulationSpec.of(hosts, DeploymentConfigs.HALF_AT_A_TIME);
    double cold = Stopwatch.seconds(() -> Simulation.run(spec));
    Sample warm = Stopwatch.seconds(WARM_UP, REPETITIONS, () -> Simulation.run(spec));
    SimulationResult result = Simulation.run(spec);
    System.out.println(Stopwatch.machine());
    System.out.printf("simulation of %d hosts, HalfAtATime: %s%n", hosts, result.status());
    System.out.printf(
        "  %d events, %.0f per second%n", result.events(), result.events() / warm.median());
    System.out.printf("  first run %.3f s, then %s%n", cold, warm.inWords(" s"));
  }
}
