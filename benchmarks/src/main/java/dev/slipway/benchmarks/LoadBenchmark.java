package dev.slipway.benchmarks;

import dev.slipway.Deployer;
import dev.slipway.engine.Slipway;
import dev.slipway.runtime.embedded.EmbeddedRuntime;
import dev.slipway.spi.store.Store;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Loads a rollout of 100,000 hosts, or as many as the first argument says, of which all but one are
 * done, from the embedded runtime: with and without a snapshot, in a JVM of its own, as after a
 * restart, and again in that JVM when it is warm. Beside each time stands the CPU that it took.
 */
final class LoadBenchmark {

  private static final int HOSTS = 100_000;
  private static final int REPETITIONS = 3;
  private static final int TIMES_IN_A_PROCESS = 6;
  private static final double NANOS = 1e9;

  private LoadBenchmark() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 1) {
      load(Path.of(args[1]));
      return;
    }
    int hosts = args.length > 0 ? Integer.parseInt(args[0]) : HOSTS;
    Path work = Files.createTempDirectory("slipway-load-");
    try {
      LargeRollout.Kept kept;
      try (Store store = EmbeddedStore.open(work)) {
        kept = LargeRollout.putInto(store, hosts);
      }
      System.out.println(Stopwatch.machine());
      System.out.printf("a rollout of %d hosts and %d events is loaded%n", hosts, kept.events());
      System.out.printf(
          "  kept for a host: %.0f bytes of snapshot, %.0f of database%n",
          (double) kept.snapshot().bytes().length / hosts,
          (double) Files.size(work.resolve("slipway.db")) / hosts);
      print("from the journal alone", work);
      try (Store store = EmbeddedStore.open(work)) {
        store.keepSnapshot(LargeRollout.ID, kept.snapshot());
      }
      print(
          "from a snapshot and %d events".formatted(kept.events() - kept.snapshot().sequence()),
          work);
    } finally {
      Directories.delete(work);
    }
  }

  private static void print(String what, Path directory) throws Exception {
    List<Double> first = new ArrayList<>();
    List<Double> warm = new ArrayList<>();
    List<Double> firstCpu = new ArrayList<>();
    List<Double> warmCpu = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      String[] lines =
          Programs.run(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  LoadBenchmark.class.getName(),
                  "load",
                  directory.toString())
              .strip()
              .split("\n", -1);
      take(lines[0], first, firstCpu);
      take(lines[lines.length - 1], warm, warmCpu);
    }
    System.out.printf("  %s%n", what);
    System.out.printf("    first in its JVM: %s%n", new Sample(first).inWords(" s"));
    System.out.printf("      CPU: %s%n", new Sample(firstCpu).inWords(" s"));
    System.out.printf("    when it is warm: %s%n", new Sample(warm).inWords(" s"));
    System.out.printf("      CPU: %s%n", new Sample(warmCpu).inWords(" s"));
  }

  private static void take(String line, List<Double> seconds, List<Double> cpu) {
    String[] words = line.split(" ", -1);
    seconds.add(Double.parseDouble(words[0]));
    cpu.add(Double.parseDouble(words[1]));
  }

  /** Prints how long each load takes until the state is there, and the CPU of its thread. */
  private static void load(Path directory) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Deployer deployer =
        Slipway.builder()
            .runtime(EmbeddedRuntime.at(directory).withoutDriving())
            .inventory(selector -> List.of())
            .transport(new AnsweringTransport(1))
            .build()) {
      for (int i = 0; i < TIMES_IN_A_PROCESS; i++) {
        long before = threads.getCurrentThreadCpuTime();
        double taken = Stopwatch.seconds(() -> deployer.attach(LargeRollout.ID).overview());
        double cpu = (threads.getCurrentThreadCpuTime() - before) / NANOS;
        System.out.println(String.format(Locale.ROOT, "%.3f %.3f", taken, cpu));
      }
    }
  }
}
