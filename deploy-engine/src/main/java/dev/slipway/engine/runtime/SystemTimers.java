package dev.slipway.engine.runtime;

import dev.slipway.spi.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's own clock. Thread-safe. One daemon thread. */
public final class SystemTimers implements Timers, AutoCloseable {

  private final ScheduledThreadPoolExecutor executor;

  /** Starts the thread. */
  public SystemTimers() {
    executor = new ScheduledThreadPoolExecutor(1, NamedThreads.daemons("slipway-timers"));
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public Runnable at(Instant instant, Runnable task) {
    long delay = Math.max(Duration.between(instant(), instant).toMillis(), 0);
    Future<?> future = executor.schedule(task, delay, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
