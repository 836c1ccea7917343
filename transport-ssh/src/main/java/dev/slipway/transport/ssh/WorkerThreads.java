package dev.slipway.transport.ssh;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Platform threads, as many as were asked for, and three more for what is short. */
final class WorkerThreads implements Workers, AutoCloseable {

  private static final int SHORT_TASKS = 2;
  private static final long IDLE_SECONDS = 30;
  private static final long GOODBYE_SECONDS = 5;

  private final ThreadPoolExecutor pool;
  private final ThreadPoolExecutor aside;
  private final ScheduledThreadPoolExecutor timer;

  WorkerThreads(int threads) {
    pool = pool(threads, "slipway-ssh-");
    aside = pool(SHORT_TASKS, "slipway-ssh-aside-");
    timer = new ScheduledThreadPoolExecutor(1, named("slipway-ssh-timer-"));
  }

  private static ThreadPoolExecutor pool(int threads, String prefix) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named(prefix));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void now(Runnable task) {
    ifOpen(() -> pool.execute(task));
  }

  @Override
  public void later(Duration pause, Runnable task) {
    ifOpen(
        () -> {
          ScheduledFuture<?> unused =
              timer.schedule(() -> now(task), pause.toMillis(), TimeUnit.MILLISECONDS);
        });
  }

  @Override
  public void aside(Runnable task) {
    ifOpen(() -> aside.execute(task));
  }

  /** Does something short again and again. */
  void every(Duration interval, Runnable task) {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            () -> aside(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void ifOpen(Runnable hand) {
    try {
      hand.run();
    } catch (RejectedExecutionException e) {
      // The transport is closed: nobody waits for this any more.
    }
  }

  /** Ends all threads, after the goodbyes that are on their way. */
  @Override
  public void close() {
    timer.shutdownNow();
    aside.shutdown();
    try {
      if (!aside.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
        aside.shutdownNow();
      }
    } catch (InterruptedException e) {
      aside.shutdownNow();
      Thread.currentThread().interrupt();
    }
    pool.shutdownNow();
  }
}
