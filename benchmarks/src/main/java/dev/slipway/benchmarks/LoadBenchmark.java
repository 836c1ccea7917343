package dev.slipway.benchmarks;

import dev.slipway.Deployer;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.engine.Slipway;
import dev.slipway.runtime.embedded.EmbeddedRuntime;
import dev.slipway.spi.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Loads a rollout of 100,000 hosts, or as many as the first argument says, that is all but over,
 * from the embedded runtime: with and without its snapshot, each time in a JVM of its own (as after
 * a restart), and again in that JVM when it is warm.
 */
final class LoadBenchmark {

  private static final int HOSTS = 100_000;
  private static final int REPETITIONS = 3;
  private static final int TIMES_IN_A_PROCESS = 6;

  private LoadBenchmark() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 1) {
      load(Path.of(args[1]));
      return;
    }
    int hosts = args.length > 0 ? Integer.parseInt(args[0]) : HOSTS;
    Path work = Files.createTempDirectory("slipway-load-");
    try {
      Path with = work.resolve("with");
      Path without = work.resolve("without");
      long events = prepare(with, hosts, true);
      long writing = System.nanoTime();
      prepare(without, hosts, false);
      System.err.println("prepare " + (System.nanoTime() - writing) / 1e9);
      System.out.println(Stopwatch.machine());
      System.out.printf("a rollout of %d hosts and %d events is loaded%n", hosts, events);
      System.out.printf(
          "  kept: %.0f bytes of state and %.0f of journal a host%n",
          (double) snapshotBytes(with) / hosts,
          (double) Files.size(without.resolve("slipway.db")) / hosts);
      print("from snapshot and rest", with);
      print("from the journal alone", without);
    } finally {
      Directories.delete(work);
    }
  }

  private static long prepare(Path directory, int hosts, boolean snapshots) throws Exception {
    try (Store store = EmbeddedStore.open(directory)) {
      return LargeRollout.putInto(store, hosts, snapshots);
    }
  }

  private static long snapshotBytes(Path directory) throws Exception {
    try (Store store = EmbeddedStore.open(directory)) {
      return store.snapshot(LargeRollout.ID).orElseThrow().bytes().length;
    }
  }

  private static void print(String what, Path directory) throws Exception {
    List<Double> first = new ArrayList<>();
    List<Double> warm = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      String[] seconds =
          Programs.run(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  LoadBenchmark.class.getName(),
                  "load",
                  directory.toString())
              .strip()
              .split(" ", -1);
      first.add(Double.parseDouble(seconds[0]));
      warm.add(Double.parseDouble(seconds[seconds.length - 1]));
    }
    System.out.printf("  %s, first in its JVM: %s%n", what, new Sample(first).inWords(" s"));
    System.out.printf("  %s, when it is warm: %s%n", what, new Sample(warm).inWords(" s"));
  }

  /** Prints how long each load takes, until the state is there. */
  private static void load(Path directory) throws Exception {
    try (Deployer deployer =
        Slipway.builder()
            .runtime(EmbeddedRuntime.at(directory).withoutDriving())
            .inventory(selector -> List.of())
            .transport(new AnsweringTransport(1))
            .build()) {
      StringBuilder seconds = new StringBuilder();
      for (int i = 0; i < TIMES_IN_A_PROCESS; i++) {
        DeploymentOverview[] overview = new DeploymentOverview[1];
        double taken =
            Stopwatch.seconds(
                () -> overview[0] = deployer.attach(LargeRollout.ID).overview());
        Objects.requireNonNull(overview[0]);
        seconds.append(String.format(Locale.ROOT, "%.3f ", taken));
      }
      System.out.println(seconds);
    }
  }
}
