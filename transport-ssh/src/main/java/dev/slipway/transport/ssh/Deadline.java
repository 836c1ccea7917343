package dev.slipway.transport.ssh;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Something that is done when a time is over, on a thread that may wait, unless it is called off
 * before. What it would have needed is let go of then, however long the time.
 */
final class Deadline {

  private final CompletableFuture<Boolean> over = new CompletableFuture<>();

  private Deadline() {}

  /**
   * Sets one.
   *
   * @param time how long, from now on
   * @param what is done then
   */
  static Deadline in(Duration time, Runnable what) {
    Deadline deadline = new Deadline();
    CompletableFuture<Void> unused =
        deadline
            .over
            .completeOnTimeout(true, time.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(
                isOver -> {
                  if (isOver) {
                    deadline.over.defaultExecutor().execute(what);
                  }
                });
    return deadline;
  }

  /** Returns one that never comes. */
  static Deadline none() {
    return new Deadline();
  }

  /** Sees to it that it is not done, unless its time is over already. */
  void callOff() {
    over.complete(false);
  }
}
