package dev.slipway.engine.runtime;

import dev.slipway.spi.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that a test moves by hand; due tasks run on the thread that moves it. */
public final class ManualTimers implements Timers {

  private final List<Task> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  private record Task(Instant at, Runnable work) {}

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Runnable at(Instant instant, Runnable task) {
    Task added = new Task(instant, task);
    tasks.add(added);
    return () -> remove(added);
  }

  private synchronized void remove(Task task) {
    tasks.remove(task);
  }

  /** Moves the clock and runs what has fallen due, in order. */
  public void advance(Duration by) {
    List<Task> due;
    synchronized (this) {
      now = now.plus(by);
      due =
          tasks.stream()
              .filter(task -> !task.at.isAfter(now))
              .sorted(Comparator.comparing(Task::at))
              .toList();
      tasks.removeAll(due);
    }
    due.forEach(task -> task.work.run());
  }

  /** Returns how many tasks wait. */
  public synchronized int waiting() {
    return tasks.size();
  }
}
