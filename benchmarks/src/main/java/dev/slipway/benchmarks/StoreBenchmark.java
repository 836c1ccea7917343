package dev.slipway.benchmarks;

import dev.slipway.Deployer;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.Slipway;
import dev.slipway.examples.sample.SampleRevision;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.Revision;
import dev.slipway.runtime.embedded.EmbeddedRuntime;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rolls out to 2,000 hosts that answer at once, or as many as the first argument says, on the
 * embedded runtime. A host step is one lifecycle event of one host, its start and its end kept. In
 * turn with it, the disk is asked how often a second it takes 4 KiB for good.
 */
final class StoreBenchmark {

  private static final int HOSTS = 2_000;
  private static final int EVENTS = 7;
  private static final int ANSWERING_THREADS = 256;
  private static final int REPETITIONS = 5;
  private static final int SYNCS = 500;
  private static final double MILLIS = 1e3;

  private StoreBenchmark() {}

  public static void main(String[] args) throws Exception {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : HOSTS;
    List<Host> hosts = IntStream.rangeClosed(1, size).mapToObj(StoreBenchmark::host).toList();
    Path work = Files.createTempDirectory("slipway-store-");
    List<Double> steps = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> syncs = new ArrayList<>();
    try (Deployer deployer =
        Slipway.builder()
            .runtime(EmbeddedRuntime.at(work.resolve("state")))
            .inventory(selector -> hosts)
            .transport(new AnsweringTransport(ANSWERING_THREADS))
            .build()) {
      Path bundle = SampleRevision.version("1.0").writeTo(work);
      rollOut(deployer, bundle);
      for (int i = 0; i < REPETITIONS; i++) {
        double before = Stopwatch.cpuSeconds();
        steps.add(size * EVENTS / Stopwatch.seconds(() -> rollOut(deployer, bundle)));
        cpu.add((Stopwatch.cpuSeconds() - before) * MILLIS / (size * EVENTS));
        syncs.add(SYNCS / Stopwatch.seconds(() -> sync(work.resolve("syncs"))));
      }
    } finally {
      Directories.delete(work);
    }
    Sample kept = new Sample(steps);
    Sample disk = new Sample(syncs);
    System.out.println(Stopwatch.machine());
    System.out.printf("rollout to %d hosts at once, kept in SQLite%n", size);
    System.out.printf("  host steps: %s%n", kept.inWords(" per s"));
    System.out.printf("  CPU of a host step: %s%n", new Sample(cpu).inWords(" ms"));
    System.out.printf("  disk alone: %s%n", disk.inWords(" syncs per s"));
    System.out.printf("  host steps for each sync: %s%n", kept.dividedBy(disk).inWords(""));
  }

  private static void rollOut(Deployer deployer, Path bundle) {
    DeploymentStatus status =
        deployer
            .rollout("web", "prod")
            .revision(Revision.localArchive(bundle))
            .to(hosts -> hosts)
            .minimumHealthy(MinimumHealthyHosts.hostCount(0))
            .plan()
            .start()
            .await(Duration.ofHours(1))
            .orElseThrow()
            .status();
    if (status != DeploymentStatus.SUCCEEDED) {
      throw new IllegalStateException("the rollout has ended as " + status);
    }
  }

  private static void sync(Path file) throws Exception {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        channel.write(ByteBuffer.allocate(4096));
        channel.force(false);
      }
    }
  }

  private static Host host(int number) {
    String name = "web-" + number;
    return new Host(new HostId(name), name, "", Map.of(), Map.of());
  }
}
