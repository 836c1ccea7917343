package dev.slipway.transport.ssh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Platform threads: their number depends on the options, never on how many hosts there are. */
final class WorkerThreads implements Workers, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);

  private static final int SHORT_TASKS = 2;
  private static final int SHARE_OF_LATECOMERS = 4;
  private static final long IDLE_SECONDS = 30;
  private static final long GOODBYE_SECONDS = 5;

  private final ThreadPoolExecutor talks;
  private final ThreadPoolExecutor talksAgain;
  private final ThreadPoolExecutor transfers;
  private final ThreadPoolExecutor aside;
  private final ThreadPoolExecutor rounds;
  private final ScheduledThreadPoolExecutor timer;

  WorkerThreads(int threads, int transfersAtOnce) {
    talks = pool(threads, "slipway-ssh-");
    talksAgain = pool(Math.max(1, threads / SHARE_OF_LATECOMERS), "slipway-ssh-again-");
    transfers = pool(transfersAtOnce, "slipway-ssh-transfer-");
    aside = pool(SHORT_TASKS, "slipway-ssh-aside-");
    rounds = pool(1, "slipway-ssh-round-");
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
  public void talk(Runnable task) {
    ifOpen(() -> talks.execute(task));
  }

  @Override
  public void talkAgain(Runnable task) {
    ifOpen(() -> talksAgain.execute(task));
  }

  @Override
  public void transfer(Runnable task) {
    ifOpen(() -> transfers.execute(task));
  }

  @Override
  public void later(Duration pause, Runnable task) {
    ifOpen(
        () -> {
          ScheduledFuture<?> unused = timer.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
        });
  }

  @Override
  public void aside(Runnable task) {
    ifOpen(() -> aside.execute(task));
  }

  /** Does something short again and again, never twice at a time. */
  void every(Duration interval, Runnable task) {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            () -> {
              if (rounds.getQueue().isEmpty()) {
                ifOpen(() -> rounds.execute(task));
              }
            },
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static void ifOpen(Runnable hand) {
    try {
      hand.run();
    } catch (RejectedExecutionException e) {
      // The transport is closed: nobody waits for this any more.
    }
  }

  /**
   * Ends all threads, after the goodbyes that are on their way. Those that take too long are cut
   * short, and nobody is left out: each lets go of a connection and of a bundle.
   */
  @Override
  public void close() {
    timer.shutdownNow();
    aside.shutdown();
    boolean isDone = awaitGoodbyes();
    rounds.shutdownNow();
    transfers.shutdownNow();
    talksAgain.shutdownNow();
    talks.shutdownNow();
    if (!isDone) {
      hurry(aside.shutdownNow());
      boolean unused = awaitGoodbyes();
    }
  }

  private boolean awaitGoodbyes() {
    try {
      return aside.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Who is interrupted waits for nothing: it says no goodbye, and lets go. */
  private static void hurry(List<Runnable> goodbyes) {
    boolean wasInterrupted = Thread.interrupted();
    for (Runnable goodbye : goodbyes) {
      Thread.currentThread().interrupt();
      try {
        goodbye.run();
      } catch (RuntimeException e) {
        LOG.warn("something was not let go of cleanly when a transport was closed", e);
      }
    }
    boolean unused = !wasInterrupted && Thread.interrupted();
  }
}
