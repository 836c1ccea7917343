package dev.slipway.benchmarks;

import dev.slipway.config.DeploymentConfigs;
import dev.slipway.engine.simulation.Simulation;
import dev.slipway.engine.simulation.SimulationResult;
import dev.slipway.engine.simulation.SimulationSpec;

/**
 * Simulates a rollout of 10,000 hosts, or as many as the first argument says: once, and then warm,
 * several times for a fleet that is no larger and once for one that is.
 */
final class SimulationBenchmark {

  private static final int HOSTS = 10_000;
  private static final int WARM_UP = 2;
  private static final int REPETITIONS = 5;

  private SimulationBenchmark() {}

  public static void main(String[] args) throws Exception {
    int hosts = args.length > 0 ? Integer.parseInt(args[0]) : HOSTS;
    SimulationSpec spec = SimulationSpec.of(hosts, DeploymentConfigs.HALF_AT_A_TIME);
    System.out.println(Stopwatch.machine());
    double processor = ProcessorTime.seconds();
    long begin = System.nanoTime();
    SimulationResult result = Simulation.run(spec);
    double cold = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "simulation of %d hosts, HalfAtATime, %d events: %s%n",
        hosts, result.events(), result.status());
    System.out.printf(
        "  first run %.3f s, processor %.2f s%n", cold, ProcessorTime.seconds() - processor);
    boolean large = hosts > HOSTS;
    Sample warm =
        Stopwatch.seconds(large ? 0 : WARM_UP, large ? 1 : REPETITIONS, () -> Simulation.run(spec));
    System.out.printf(
        "  then %s, %.0f events per second%n", warm.inWords(" s"), result.events() / warm.median());
  }
}
