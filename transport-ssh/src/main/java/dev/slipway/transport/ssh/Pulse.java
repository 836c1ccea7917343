package dev.slipway.transport.ssh;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Whether the other side of a connection lives. All that comes from it is a sign of life; it is
 * asked for one so that something comes. Asking may have to wait for what else is being written, so
 * it is left to others. Thread-safe.
 */
final class Pulse {

  private static final long NEVER = -1;

  private enum Question {
    NONE,
    /** Nobody has had the time to ask it: that says nothing of the other side. */
    WAITS,
    /** It is being asked; for long only if the other side takes nothing. */
    IS_ASKED
  }

  private final Executor askers;
  private final Runnable asking;
  private final AtomicLong signs = new AtomicLong();
  private Question question = Question.NONE;
  private long signsAtLook = NEVER;
  private volatile long signsAtDoubt = NEVER;

  /**
   * Makes one.
   *
   * @param askers who ask
   * @param asking asks the other side to say something; may block
   */
  Pulse(Executor askers, Runnable asking) {
    this.askers = askers;
    this.asking = asking;
  }

  /** Notes that something has come. */
  void beat() {
    signs.incrementAndGet();
  }

  /** Returns whether there was a sign since the last look, and asks for the next one. */
  synchronized boolean isFelt() {
    long now = signs.get();
    if (now == signsAtLook && question != Question.WAITS) {
      return false;
    }
    signsAtLook = now;
    ask();
    return true;
  }

  /**
   * Asks for a sign, and returns who says later whether there was one. If there was none by then,
   * the other side is in doubt until there is.
   */
  synchronized BooleanSupplier expected() {
    long before = signs.get();
    ask();
    return () -> isThereSince(before);
  }

  private synchronized boolean isThereSince(long before) {
    if (signs.get() != before || question == Question.WAITS) {
      return true;
    }
    signsAtDoubt = before;
    return false;
  }

  /** Returns whether a sign was expected and none has come, until now. */
  boolean isInDoubt() {
    return signsAtDoubt == signs.get();
  }

  private void ask() {
    if (question == Question.NONE) {
      question = Question.WAITS;
      askers.execute(
          () -> {
            question(Question.IS_ASKED);
            try {
              asking.run();
            } finally {
              question(Question.NONE);
            }
          });
    }
  }

  private synchronized void question(Question now) {
    question = now;
  }
}
