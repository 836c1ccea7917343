package dev.slipway.benchmarks;

import dev.slipway.examples.fleet.OpenSshFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Deploys a bundle of many files, then the next one in which few have changed, and counts what goes
 * to the hosts. Arguments: hosts, megabytes, and how many of 50 files change.
 */
final class DeltaBenchmark {

  private static final int MEGABYTE = 1_000_000;
  private static final int FILES = 50;

  private DeltaBenchmark() {}

  public static void main(String[] args) throws Exception {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    int megabytes = args.length > 1 ? Integer.parseInt(args[1]) : 50;
    int changed = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    Optional<String> missing = OpenSshFleet.missing();
    if (missing.isPresent()) {
      System.err.println("delta: " + missing.get());
      System.exit(2);
    }
    System.out.println(Stopwatch.machine());
    Path work = Files.createTempDirectory("slipway-delta-");
    try (OpenSshFleet fleet = OpenSshFleet.start(work.resolve("fleet"), size);
        DelayingProxy proxy = DelayingProxy.open(0, fleet.hosts().get(0).port(), Duration.ZERO)) {
      int bytes = megabytes * MEGABYTE / FILES;
      Path first = PushBundle.write(work, "first", FILES, bytes, 0);
      Path second = PushBundle.write(work, "second", FILES, bytes, changed);
      Ground ground = Ground.of(fleet, size, proxy.port(), work.resolve("ground"));
      try (SlipwayPush push = SlipwayPush.to(ground, "slipway", first, Duration.ZERO)) {
        System.out.printf(
            Locale.ROOT,
            "a bundle of %d bytes, and one in which %d of %d files are other ones, to %d hosts%n",
            Files.size(first),
            changed,
            FILES,
            size);
        long whole = sent(proxy, push, first);
        long delta = sent(proxy, push, second);
        long nothing = sent(proxy, push, second);
        System.out.printf(
            Locale.ROOT,
            "  bytes to each host: first %d, second %d (%.1f %%), the same again %d%n",
            whole / size,
            delta / size,
            100.0 * delta / whole,
            nothing / size);
      }
    } finally {
      Directories.delete(work);
    }
  }

  private static long sent(DelayingProxy proxy, SlipwayPush push, Path bundle) throws Exception {
    long before = proxy.toServers();
    double unused = push.push(bundle);
    return proxy.toServers() - before;
  }
}
