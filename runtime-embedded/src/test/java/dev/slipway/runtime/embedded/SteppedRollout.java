package dev.slipway.runtime.embedded;

import dev.slipway.Deployer;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.Slipway;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import dev.slipway.testkit.ScriptedTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * A rollout to six hosts, one of which fails, that begins or goes on: prints each command that is
 * offered, answers one for each line that it reads, and prints the end.
 */
final class SteppedRollout {

  private SteppedRollout() {}

  /**
   * Begins or goes on.
   *
   * @param arguments the state directory and the bundle
   */
  public static void main(String... arguments) {
    ExecutorService answers = Executors.newSingleThreadExecutor();
    BufferedReader steps =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<Host> hosts =
        IntStream.rangeClosed(1, 6)
            .mapToObj(n -> new Host(new HostId("web-" + n), "192.0.2." + n, "", Map.of(), Map.of()))
            .toList();
    try (Deployer deployer =
        Slipway.builder()
            .runtime(EmbeddedRuntime.at(Path.of(arguments[0])))
            .inventory(selector -> hosts)
            .transport(new SteppedTransport(answers, steps))
            .build()) {
      Rollout rollout =
          deployer
              .rollout("web", "prod")
              .revision(Revision.localDirectory(Path.of(arguments[1])))
              .to(selector -> selector)
              .minimumHealthy(MinimumHealthyHosts.hostCount(4))
              .plan()
              .start("only-once");
      RolloutResult result = rollout.await(Duration.ofMinutes(5)).orElseThrow();
      System.out.println(
          "ended %s %d %d"
              .formatted(
                  result.status(), result.overview().succeeded(), result.overview().failed()));
    }
    answers.shutdownNow();
  }

  private static final class SteppedTransport implements Transport {

    private final ExecutorService answers;
    private final BufferedReader steps;
    private final ScriptedTransport hosts = new ScriptedTransport();

    SteppedTransport(ExecutorService answers, BufferedReader steps) {
      this.answers = answers;
      this.steps = steps;
      hosts.failAt("web-3", LifecycleEvent.VALIDATE_SERVICE);
    }

    @Override
    public void offer(HostCommand command, Reports reports) {
      System.out.println("offered " + command.key());
      answers.execute(
          () -> {
            try {
              steps.readLine();
              hosts.offer(command, reports);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
    }

    @Override
    public void cancel(CommandKey key, CancelMode mode) {}

    @Override
    public void release(DeploymentId deployment, Host host) {}

    @Override
    public void close() {}
  }
}
