package dev.slipway.benchmarks;

import dev.slipway.examples.fleet.Fleet;
import dev.slipway.examples.fleet.OpenSshFleet;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deploys a bundle to addresses of OpenSSH's server, the deployer and its peers in turn, each doing
 * the same on the hosts. Arguments, of which the first, the third and the fourth may be several
 * numbers with commas between them: hosts, repetitions, megabytes, milliseconds of a way there and
 * back; and {@code all} for all peers instead of the loops alone.
 */
final class PushBenchmark {

  private static final int MEGABYTE = 1_000_000;

  /** So many deployments to single hosts until Java's compiler has seen most of it. */
  private static final int WARM_UP = 300;

  /** What a host holds: archives and bundles of two revisions for each of two, and for peers. */
  private static final int COPIES = 12;

  private static final double NANOS = 1e9;
  private static final Path IN_MEMORY = Path.of("/dev/shm");

  private PushBenchmark() {}

  public static void main(String[] args) throws Exception {
    List<Integer> sizes = numbers(args, 0, "20");
    int repetitions = numbers(args, 1, "7").get(0);
    List<Integer> megabytes = numbers(args, 2, "1");
    List<Integer> roundTrips = numbers(args, 3, "0");
    boolean withTools = args.length > 4 && args[4].equals("all");
    Optional<String> missing = OpenSshFleet.missing();
    if (missing.isPresent()) {
      System.err.println("push: " + missing.get());
      System.exit(2);
    }
    System.out.println(Stopwatch.machine());
    Path work = Files.createTempDirectory(scratch(), "slipway-push-");
    try (OpenSshFleet fleet = OpenSshFleet.start(work.resolve("fleet"), Collections.max(sizes))) {
      for (int roundTrip : roundTrips) {
        for (int megabyte : megabytes) {
          for (int size : sizes) {
            Path directory = Files.createDirectory(work.resolve("run"));
            measure(fleet, size, repetitions, megabyte, roundTrip, withTools, directory);
            Directories.delete(directory);
          }
        }
      }
    } finally {
      Directories.delete(work);
    }
  }

  private static List<Integer> numbers(String[] args, int index, String usual) {
    String text = args.length > index ? args[index] : usual;
    return Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
  }

  /** In memory where there is some, because a disk says more about itself than about a push. */
  private static Path scratch() {
    return Files.isWritable(IN_MEMORY) ? IN_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static void measure(
      Fleet fleet,
      int size,
      int repetitions,
      int megabytes,
      int roundTrip,
      boolean withTools,
      Path directory)
      throws Exception {
    System.out.printf(
        Locale.ROOT,
        "push of %d MB to %d hosts at 127.0.77.*, all at once, %d ms there and back%n",
        megabytes,
        size,
        roundTrip);
    long needed = (long) size * megabytes * MEGABYTE * COPIES;
    if (needed > Files.getFileStore(directory).getUsableSpace()) {
      System.out.printf("  left out: it needs %d MB in %s%n", needed / MEGABYTE, directory);
      return;
    }
    int listensAt = fleet.hosts().get(0).port();
    int port = roundTrip == 0 ? listensAt : freePort();
    Process proxy =
        roundTrip == 0 ? null : DelayingProxy.start(port, listensAt, Duration.ofMillis(roundTrip));
    try {
      Ground ground = Ground.of(fleet, size, port, directory);
      Path bundle = PushBundle.write(directory, megabytes * MEGABYTE);
      try (SlipwayPush anew =
              SlipwayPush.to(ground, "slipway, new connections", bundle, Duration.ZERO);
          SlipwayPush again =
              SlipwayPush.to(ground, "slipway, kept connections", bundle, Duration.ofMinutes(5))) {
        List<Contender> all = new ArrayList<>(List.of(anew, again));
        all.add(ShellPeer.tunedLoop(ground, bundle));
        all.add(ShellPeer.plainLoop(ground, bundle));
        if (withTools) {
          all.addAll(ShellPeer.tools(ground, bundle));
        }
        measure(all, size, repetitions);
      }
    } finally {
      if (proxy != null) {
        proxy.destroy();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private record Figures(Contender of, List<Double> seconds, List<Double> processor) {
    Figures(Contender of) {
      this(of, new ArrayList<>(), new ArrayList<>());
    }

    /** Deploys once, and notes what it took if that counts. */
    double take(boolean counts) throws IOException {
      long begin = System.nanoTime();
      double cpu = of.push();
      double taken = (System.nanoTime() - begin) / NANOS;
      if (counts) {
        seconds.add(taken);
        processor.add(cpu);
      }
      of.tidyUp();
      return taken;
    }
  }

  private static void measure(List<Contender> contenders, int size, int repetitions)
      throws IOException {
    List<Figures> all = contenders.stream().map(Figures::new).toList();
    for (Figures one : all) {
      if (one.of().isRunFirst()) {
        System.out.printf(
            Locale.ROOT, "  %-26s first run %.3f s%n", one.of().name(), one.take(false));
      }
    }
    int warmUp = Math.min(WARM_UP / size, 2 * repetitions + 10);
    for (int i = 0; i < warmUp; i++) {
      all.get(i % 2).take(false);
    }
    for (int repetition = 0; repetition < repetitions; repetition++) {
      for (Figures one : all) {
        if (repetition < one.of().mostRepetitions()) {
          one.take(true);
        }
      }
    }
    for (Figures one : all) {
      System.out.printf(
          Locale.ROOT,
          "  %-26s %s, control CPU %.1f ms per host%n",
          one.of().name(),
          new Sample(one.seconds()).inWords(" s"),
          new Sample(one.processor()).median() * 1000 / size);
    }
    for (Figures ours : all.subList(0, 2)) {
      for (Figures peer : all.subList(2, all.size())) {
        int pairs = Math.min(ours.seconds().size(), peer.seconds().size());
        System.out.printf(
            "  %s / %s: %s%n",
            ours.of().name(),
            peer.of().name(),
            new Sample(ours.seconds().subList(0, pairs))
                .dividedBy(new Sample(peer.seconds().subList(0, pairs)))
                .inWords(""));
      }
    }
  }
}
