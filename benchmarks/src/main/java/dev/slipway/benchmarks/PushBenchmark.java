package dev.slipway.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.Slipway;
import dev.slipway.examples.fleet.OpenSshFleet;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.transport.ssh.SshOptions;
import dev.slipway.transport.ssh.SshTransport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deploys a bundle of 1 MB to twenty addresses of OpenSSH's server: the deployer and a plain loop
 * of OpenSSH's client in turn, each doing the same on the hosts. Arguments: hosts and repetitions.
 */
final class PushBenchmark {

  private static final int BYTES = 1_000_000;
  private static final int WARM_UP = 2;
  private static final double NANOS = 1e9;
  private static final String TUNED =
      "-o KexAlgorithms=curve25519-sha256 -o Ciphers=aes128-gcm@openssh.com";

  private PushBenchmark() {}

  public static void main(String[] args) throws Exception {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int repetitions = args.length > 1 ? Integer.parseInt(args[1]) : 7;
    Optional<String> missing = OpenSshFleet.missing();
    if (missing.isPresent()) {
      System.err.println("push: " + missing.get());
      System.exit(2);
    }
    Path work = Files.createTempDirectory("slipway-push-");
    try (OpenSshFleet fleet = OpenSshFleet.start(work.resolve("fleet"), size);
        Deployer deployer =
            Slipway.builder()
                .state(work.resolve("state"))
                .inventory(OnPremInventory.at(fleet.files().inventory()))
                .transport(SshTransport.with(SshOptions.DEFAULTS.withThreads(size)))
                .build()) {
      Path bundle = PushBundle.write(work, BYTES);
      SshLoop tuned = SshLoop.over(fleet, work, "tuned", bundle, size, TUNED);
      SshLoop plain = SshLoop.over(fleet, work, "plain", bundle, size, "");
      System.out.println(Stopwatch.machine());
      System.out.printf(
          "push of %d bytes to %d hosts at 127.0.77.*, all at once%n", Files.size(bundle), size);
      measure(
          repetitions,
          List.of(
              new Contender("slipway", () -> deploy(deployer, bundle, size)),
              new Contender("xargs ssh, tuned", tuned::run),
              new Contender("xargs ssh, defaults", plain::run)),
          size);
    } finally {
      Directories.delete(work);
    }
  }

  /** Something that deploys, and says how much processor time its control side took, in seconds. */
  private interface Push {
    double run() throws Exception;
  }

  private record Contender(String name, Push push, List<Double> seconds, List<Double> processor) {
    Contender(String name, Push push) {
      this(name, push, new ArrayList<>(), new ArrayList<>());
    }
  }

  private static void measure(int repetitions, List<Contender> contenders, int size)
      throws Exception {
    for (int repetition = -WARM_UP; repetition < repetitions; repetition++) {
      for (Contender each : contenders) {
        long begin = System.nanoTime();
        double processor = each.push().run();
        double seconds = (System.nanoTime() - begin) / NANOS;
        if (repetition == -WARM_UP) {
          System.out.printf("  %-20s first run %.3f s%n", each.name(), seconds);
        }
        if (repetition >= 0) {
          each.seconds().add(seconds);
          each.processor().add(processor * 1000 / size);
        }
      }
    }
    Sample ours = new Sample(contenders.get(0).seconds());
    for (Contender each : contenders) {
      Sample seconds = new Sample(each.seconds());
      System.out.printf(
          "  %-20s %s, control CPU %.1f ms per host%n",
          each.name(), seconds.inWords(" s"), new Sample(each.processor()).median());
    }
    for (Contender each : contenders.subList(1, contenders.size())) {
      System.out.printf(
          "  slipway / %s: %s%n",
          each.name(), ours.dividedBy(new Sample(each.seconds())).inWords(""));
    }
  }

  private static double deploy(Deployer deployer, Path bundle, int size) throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long begin = system.getProcessCpuTime();
    RolloutResult result =
        deployer
            .rollout("push", "benchmark")
            .revision(Revision.localArchive(bundle))
            .to(hosts -> hosts.tag("role", "web"))
            .config(DeploymentConfigs.ALL_AT_ONCE)
            .plan()
            .start()
            .await(Duration.ofMinutes(10))
            .orElseThrow();
    if (result.status() != DeploymentStatus.SUCCEEDED || result.overview().succeeded() != size) {
      throw new IOException("the deployment did not succeed: " + result);
    }
    return (system.getProcessCpuTime() - begin) / NANOS;
  }
}
