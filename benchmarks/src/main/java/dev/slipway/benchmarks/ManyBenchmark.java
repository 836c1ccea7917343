package dev.slipway.benchmarks;

import dev.slipway.Deployer;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.Slipway;
import dev.slipway.examples.sample.SampleRevision;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Rollout;
import dev.slipway.runtime.embedded.EmbeddedRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Drives 1,000 rollouts of 50 hosts at once, or as many as the arguments say, on the embedded
 * runtime, in a JVM that has 1 GB. First all hosts run an event and none answers: that is what an
 * idle rollout takes; then all of them answer at once.
 */
final class ManyBenchmark {

  private static final int ROLLOUTS = 1_000;
  private static final int HOSTS = 50;
  private static final int EVENTS = 7;
  private static final int ANSWERING_THREADS = 256;
  private static final long LOOK_EVERY_MILLIS = 100;

  private ManyBenchmark() {}

  public static void main(String[] args) throws Exception {
    int rollouts = args.length > 0 ? Integer.parseInt(args[0]) : ROLLOUTS;
    int hosts = args.length > 1 ? Integer.parseInt(args[1]) : HOSTS;
    if (args.length > 2) {
      run(rollouts, hosts);
      return;
    }
    System.out.println(Stopwatch.machine());
    System.out.print(
        Programs.run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            ManyBenchmark.class.getName(),
            Integer.toString(rollouts),
            Integer.toString(hosts),
            "run"));
  }

  private static void run(int count, int size) throws Exception {
    Path work = Files.createTempDirectory("slipway-many-");
    List<Host> hosts = IntStream.rangeClosed(1, size).mapToObj(ManyBenchmark::host).toList();
    AnsweringTransport transport = new AnsweringTransport(ANSWERING_THREADS);
    transport.hold();
    try (Deployer deployer =
        Slipway.builder()
            .runtime(EmbeddedRuntime.at(work.resolve("state")))
            .inventory(selector -> hosts)
            .transport(transport)
            .build()) {
      Path bundle = SampleRevision.version("1.0").writeTo(work);
      long before = usedBytes();
      List<Rollout> rollouts = new ArrayList<>();
      double starting =
          Stopwatch.seconds(
              () -> {
                for (int i = 0; i < count; i++) {
                  rollouts.add(start(deployer, "group-" + i, bundle));
                }
                while (transport.held() < count * size) {
                  Thread.sleep(LOOK_EVERY_MILLIS);
                }
              });
      long idle = (usedBytes() - before) / count;
      double seconds =
          Stopwatch.seconds(
              () -> {
                transport.letGo();
                rollouts.forEach(ManyBenchmark::await);
              });
      System.out.printf("%d rollouts of %d hosts at once, in a JVM of 1 GB%n", count, size);
      System.out.printf("  all started after %.1f s%n", starting);
      System.out.printf("  an idle one takes %d KiB of heap%n", idle >> 10);
      System.out.printf(
          "  all succeeded after %.1f s, %.0f host steps per s%n",
          seconds, (double) count * size * EVENTS / seconds);
    } finally {
      Directories.delete(work);
    }
  }

  private static Rollout start(Deployer deployer, String group, Path bundle) {
    return deployer
        .rollout("web", group)
        .revision(Revision.localArchive(bundle))
        .to(hosts -> hosts)
        .minimumHealthy(MinimumHealthyHosts.hostCount(0))
        .plan()
        .start();
  }

  private static void await(Rollout rollout) {
    DeploymentStatus status = rollout.await(Duration.ofHours(1)).orElseThrow().status();
    if (status != DeploymentStatus.SUCCEEDED) {
      throw new IllegalStateException("the rollout has ended as " + status);
    }
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static Host host(int number) {
    String name = "web-" + number;
    return new Host(new HostId(name), name, "", Map.of(), Map.of());
  }
}
