package dev.slipway.benchmarks;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.fleet.Host;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Hosts that do everything well, at once or when they are let go. Thread-safe. */
final class AnsweringTransport implements Transport {

  private final ExecutorService threads;
  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private volatile boolean holding;

  /** Answers on that many threads. */
  AnsweringTransport(int threads) {
    this.threads = Executors.newFixedThreadPool(threads);
  }

  /** Answers nothing from now on; to be called before the first offer. */
  void hold() {
    holding = true;
  }

  /** Returns how many commands have not been answered. */
  int held() {
    return held.size();
  }

  /** Answers what was held, and everything from now on. */
  void letGo() {
    holding = false;
    for (Runnable answer = held.poll(); answer != null; answer = held.poll()) {
      threads.execute(answer);
    }
  }

  @Override
  public void offer(HostCommand command, Reports reports) {
    Runnable answer =
        () -> {
          reports.acknowledged(command.key());
          reports.finished(command.key(), Diagnostics.SUCCEEDED);
        };
    if (holding) {
      held.add(answer);
    } else {
      threads.execute(answer);
    }
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
