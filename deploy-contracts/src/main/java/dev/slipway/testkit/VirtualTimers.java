package dev.slipway.testkit;

import dev.slipway.spi.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that only moves when it is told to. Tasks run on the thread that moves it, in the order
 * of their instants, those of one instant in the order in which they were put off; the clock shows
 * the instant of the task that runs.
 *
 * <p>Thread-safe: guarded by its own monitor; tasks run outside of it.
 */
public final class VirtualTimers implements Timers {

  /** Where the clock stands at first, unless another instant is given. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final Queue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparing((Task task) -> task.at).thenComparingLong(task -> task.number));
  private Instant now;
  private long numbers;

  /** Makes one that stands at {@link #START}. */
  public VirtualTimers() {
    this(START);
  }

  /** Makes one that stands at that instant. */
  public VirtualTimers(Instant start) {
    now = start;
  }

  /** One task; cancelled ones stay in the queue until their turn, without work. */
  private static final class Task {
    private final Instant at;
    private final long number;
    private @Nullable Runnable work;

    Task(Instant at, long number, Runnable work) {
      this.at = at;
      this.number = number;
      this.work = work;
    }
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Runnable at(Instant instant, Runnable task) {
    Task added = new Task(instant.isBefore(now) ? now : instant, numbers++, task);
    tasks.add(added);
    return () -> cancel(added);
  }

  private synchronized void cancel(Task task) {
    task.work = null;
  }

  /** Returns how many tasks wait. */
  public synchronized int waiting() {
    return (int) tasks.stream().filter(task -> task.work != null).count();
  }

  /** Moves the clock and runs what falls due on the way, what that puts off included. */
  public void advance(Duration by) {
    Instant until = instant().plus(by);
    boolean more = true;
    while (more) {
      more = runNext(until);
    }
    moveTo(until);
  }

  /**
   * Moves the clock to the next task, unless that is due after an instant, and runs it.
   *
   * @return whether there was one
   */
  public boolean runNext(Instant until) {
    Runnable work = takeNext(until);
    if (work == null) {
      return false;
    }
    work.run();
    return true;
  }

  private synchronized void moveTo(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }

  private synchronized @Nullable Runnable takeNext(Instant until) {
    while (!tasks.isEmpty()) {
      Task next = tasks.element();
      if (next.work != null && next.at.isAfter(until)) {
        return null;
      }
      tasks.remove();
      if (next.work != null) {
        Runnable work = next.work;
        next.work = null;
        now = next.at.isAfter(now) ? next.at : now;
        return work;
      }
    }
    return null;
  }
}
