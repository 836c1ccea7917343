package dev.slipway.benchmarks;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.fleet.Host;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Hosts that do everything at once and well. Thread-safe. */
final class AnsweringTransport implements Transport {

  private final ExecutorService threads;

  /** Answers on that many threads. */
  AnsweringTransport(int threads) {
    this.threads = Executors.newFixedThreadPool(threads);
  }

  @Override
  public void offer(HostCommand command, Reports reports) {
    threads.execute(
        () -> {
          reports.acknowledged(command.key());
          reports.finished(command.key(), Diagnostics.SUCCEEDED);
        });
  }

  @Override
  public void cancel(CommandKey key, CancelMode mode) {}

  @Override
  public void release(DeploymentId deployment, Host host) {}

  @Override
  public void close() {
    threads.shutdown();
  }
}
