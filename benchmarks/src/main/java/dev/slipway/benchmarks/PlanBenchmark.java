package dev.slipway.benchmarks;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.Slipway;
import dev.slipway.examples.sample.SampleRevision;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Plan;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Plans a rollout to 100,000 hosts, or as many as the first argument says. */
final class PlanBenchmark {

  private static final int HOSTS = 100_000;
  private static final int WARM_UP = 2;
  private static final int REPETITIONS = 5;

  private PlanBenchmark() {}

  public static void main(String[] args) throws Exception {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : HOSTS;
    List<Host> hosts = IntStream.rangeClosed(1, size).mapToObj(PlanBenchmark::host).toList();
    Path work = Files.createTempDirectory("slipway-plan-");
    try (Deployer deployer =
        Slipway.builder()
            .state(work.resolve("state"))
            .inventory(selector -> hosts.stream().filter(selector::matches).toList())
            .transport(new NoTransport())
            .build()) {
      Path bundle = SampleRevision.version("1.0").writeTo(work);
      double cold = Stopwatch.seconds(() -> plan(deployer, bundle));
      Sample warm = Stopwatch.seconds(WARM_UP, REPETITIONS, () -> plan(deployer, bundle));
      Plan plan = plan(deployer, bundle);
      System.out.println(Stopwatch.machine());
      System.out.printf(
          "plan for %d hosts, HalfAtATime: floor %d, %d waves%n",
          plan.hosts().size(), plan.minimumHealthy(), plan.waves().size());
      System.out.printf("  first plan %.3f s, then %s%n", cold, warm.inWords(" s"));
    } finally {
      Directories.delete(work);
    }
  }

  private static Plan plan(Deployer deployer, Path bundle) {
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localArchive(bundle))
        .to(hosts -> hosts.tag("role", "web"))
        .config(DeploymentConfigs.HALF_AT_A_TIME)
        .plan();
  }

  private static Host host(int number) {
    String name = "web-" + number;
    return new Host(new HostId(name), name, "", Map.of("role", "web"), Map.of());
  }

  /** A plan needs no host to answer. */
  private static final class NoTransport implements Transport {
    @Override
    public void offer(HostCommand command, Reports reports) {
      throw new IllegalStateException("a plan sends nothing");
    }

    @Override
    public void cancel(CommandKey key, CancelMode mode) {}

    @Override
    public void release(DeploymentId deployment, Host host) {}

    @Override
    public void close() {}
  }
}
