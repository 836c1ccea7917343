package dev.slipway.engine.inprocess;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.engine.runtime.NamedThreads;
import dev.slipway.fleet.Host;
import dev.slipway.preflight.HostDefect;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostInspector;
import dev.slipway.spi.transport.HostNeeds;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Deploys to this machine, without a network: each host is a directory that stands for the root of
 * a machine. For trying things out, for tests, and for a fleet of one.
 *
 * <p>A host's directory is its setting {@code hostRoot}, or a directory of its name below that of
 * the transport. Its setting {@code choices} says what it does otherwise than by default, see
 * {@link dev.slipway.host.plan.HostChoice}, separated by commas. Thread-safe. As many events run at
 * once as there are threads.
 */
public final class InProcessTransport implements Transport, HostInspector {

  private final Path hosts;
  private final ExecutorService threads;
  private final Map<CommandKey, Job> jobs = new ConcurrentHashMap<>();
  private final Map<HostDirectory.Place, HostDirectory> directories = new ConcurrentHashMap<>();

  private InProcessTransport(Path hosts, int atOnce) {
    this.hosts = hosts;
    this.threads = Executors.newFixedThreadPool(atOnce, NamedThreads.daemons("slipway-in-process"));
  }

  /**
   * Returns a transport to hosts below a directory.
   *
   * @param hosts where hosts without a {@code hostRoot} have theirs
   */
  public static InProcessTransport below(Path hosts) {
    return new InProcessTransport(hosts.toAbsolutePath(), 8);
  }

  @Override
  public void offer(HostCommand command, Reports reports) {
    Job added;
    try {
      added = new Job(command, reports, directory(command.host()));
    } catch (IllegalArgumentException e) {
      reports.finished(command.key(), Diagnostics.unknownError(String.valueOf(e.getMessage())));
      return;
    }
    Job job = jobs.putIfAbsent(command.key(), added);
    if (job == null) {
      added.startOn(threads);
    } else {
      job.reportTo(reports);
    }
  }

  @Override
  public CompletionStage<HostCondition> inspect(Host host, HostNeeds needs, Duration within) {
    CompletableFuture<HostCondition> answer = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            answer.complete(directory(host).inspect(needs));
          } catch (IllegalArgumentException e) {
            answer.complete(
                HostCondition.unfit(HostDefect.Kind.SETTINGS, String.valueOf(e.getMessage())));
          } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  @Override
  public void cancel(CommandKey key, CancelMode mode) {
    Job job = jobs.get(key);
    if (job != null) {
      job.cancel(mode);
    }
  }

  @Override
  public void release(DeploymentId deployment, Host host) {
    jobs.keySet()
        .removeIf(key -> key.deployment().equals(deployment) && key.host().equals(host.id()));
  }

  @Override
  public void close() {
    threads.shutdownNow();
    directories.values().forEach(HostDirectory::close);
  }

  private HostDirectory directory(Host host) {
    return directories.computeIfAbsent(HostDirectory.Place.of(host, hosts), HostDirectory::at);
  }
}
