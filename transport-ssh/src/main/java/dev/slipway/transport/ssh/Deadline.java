package dev.slipway.transport.ssh;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done when a time is over, on a thread that may wait, unless it is called off
 * before. What it would have needed is let go of then, however long the time.
 *
 * <p>The threads are few, are shared by all transports, and end when there is nothing to do. None
 * is of the pool that a whole process shares: who fills that with what waits for a host would wait
 * for ever.
 */
final class Deadline {

  private static final int DONE_AT_ONCE = 4;
  private static final long IDLE_SECONDS = 30;

  private static final ScheduledThreadPoolExecutor TIMER = timer();
  private static final ThreadPoolExecutor DOERS = doers();

  private final @Nullable Future<?> pending;

  private Deadline(@Nullable Future<?> pending) {
    this.pending = pending;
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, named("slipway-ssh-time-"));
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static ThreadPoolExecutor doers() {
    ThreadPoolExecutor doers =
        new ThreadPoolExecutor(
            DONE_AT_ONCE,
            DONE_AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("slipway-ssh-deadline-"));
    doers.allowCoreThreadTimeOut(true);
    return doers;
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Sets one.
   *
   * @param time how long, from now on
   * @param what is done then
   */
  static Deadline in(Duration time, Runnable what) {
    return new Deadline(
        TIMER.schedule(() -> DOERS.execute(what), time.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Returns one that never comes. */
  static Deadline none() {
    return new Deadline(null);
  }

  /** Sees to it that it is not done, unless its time is over already. */
  void callOff() {
    if (pending != null) {
      pending.cancel(false);
    }
  }
}
