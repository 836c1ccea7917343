package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.Slipway;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.transport.ssh.SshOptions;
import dev.slipway.transport.ssh.SshTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Many hosts from one JVM, all of them in flight at once, twice: over new connections, then over
 * those that were kept. The hosts do nothing and are in another process. Argument: how many.
 */
final class ScaleBenchmark {

  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final int PER_NET = 250;
  private static final double MEBIBYTE = 1024.0 * 1024.0;

  private ScaleBenchmark() {}

  public static void main(String[] args) throws Exception {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    System.out.println(Stopwatch.machine());
    Path work = Files.createTempDirectory("slipway-scale-");
    Process hosts = FakeHosts.start(size);
    try {
      BufferedReader said = hosts.inputReader();
      String[] portAndKey = said.readLine().split(" ", 2);
      Path inventory = inventory(work, size, portAndKey[0], portAndKey[1]);
      Path bundle = bundle(work);
      System.out.printf("%d hosts that do nothing, all at once%n", size);
      System.out.printf("  %-28s %s%n", "before", figures());
      try (Deployer deployer =
          Slipway.builder()
              .state(work.resolve("state"))
              .inventory(OnPremInventory.at(inventory))
              .transport(SshTransport.with(SshOptions.DEFAULTS))
              .build()) {
        deploy(deployer, bundle, size, "over new connections", hosts, said);
        deploy(deployer, bundle, size, "over kept connections", hosts, said);
        deploy(deployer, bundle, size, "over kept connections again", hosts, said);
      }
    } finally {
      hosts.destroy();
      Directories.delete(work);
    }
  }

  private static Path inventory(Path work, int size, String port, String key) throws IOException {
    Path identity = work.resolve("id");
    Programs.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", identity.toString());
    Path known =
        Files.writeString(work.resolve("known_hosts"), "[127.*]:" + port + " " + key + "\n");
    List<String> lines = new ArrayList<>();
    lines.add("defaults:");
    lines.add("  user: root");
    lines.add("  port: " + port);
    lines.add("  identityFile: " + identity);
    lines.add("  knownHosts: " + known);
    lines.add("  tags: {role: web}");
    lines.add("hosts:");
    for (int host = 0; host < size; host++) {
      lines.add(
          "  - {name: web-%05d, address: 127.%d.%d.%d}"
              .formatted(
                  host,
                  1 + host / PER_NET / PER_NET,
                  host / PER_NET % PER_NET,
                  1 + host % PER_NET));
    }
    return Files.write(work.resolve("hosts.yml"), lines);
  }

  private static Path bundle(Path work) throws IOException {
    Path content = Files.createDirectories(work.resolve("content"));
    Files.write(
        content.resolve("appspec.yml"),
        "version: 0.0\nos: linux\nhooks:\n  ValidateService:\n    - location: validate.sh\n"
            .getBytes(UTF_8));
    Files.writeString(content.resolve("validate.sh"), "#!/bin/sh\n");
    Path bundle = work.resolve("bundle.tgz");
    Programs.run("tar", "czf", bundle.toString(), "-C", content.toString(), ".");
    return bundle;
  }

  private static void deploy(
      Deployer deployer, Path bundle, int size, String how, Process hosts, BufferedReader said)
      throws IOException, InterruptedException {
    double begin = Stopwatch.cpuSeconds();
    long beginNanos = System.nanoTime();
    Rollout rollout =
        deployer
            .rollout("scale", "benchmark")
            .revision(Revision.localArchive(bundle))
            .to(all -> all.tag("role", "web"))
            .config(DeploymentConfigs.ALL_AT_ONCE)
            .plan()
            .start();
    String word = said.readLine();
    double seconds = (System.nanoTime() - beginNanos) / 1e9;
    System.out.printf(
        Locale.ROOT, "  %-28s %s: all in flight after %.1f s, %s%n", how, word, seconds, figures());
    hosts.getOutputStream().write('\n');
    hosts.getOutputStream().flush();
    RolloutResult result = rollout.await(PATIENCE).orElseThrow();
    if (result.status() != DeploymentStatus.SUCCEEDED || result.overview().succeeded() != size) {
      throw new IOException("the deployment did not succeed: " + result);
    }
    System.out.printf(
        Locale.ROOT,
        "  %-28s over after %.1f s, CPU %.2f ms per host%n",
        how,
        (System.nanoTime() - beginNanos) / 1e9,
        (Stopwatch.cpuSeconds() - begin) * 1000 / size);
  }

  private static String figures() throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return String.format(
        Locale.ROOT,
        "%d threads (%d at most), heap in use %.0f MiB, resident %.0f MiB",
        threads.getThreadCount(),
        threads.getPeakThreadCount(),
        heap / MEBIBYTE,
        resident() / MEBIBYTE);
  }

  private static double resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(Double.NaN);
  }
}
