package dev.slipway.examples.cli;

import dev.slipway.rollout.Rollout;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/**
 * Turns an interrupt of the process into a stop of its rollout, and lets the process end with the
 * exit code of the rollout then.
 */
final class Interruption implements AutoCloseable {

  private final Thread hook;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int code = ExitCode.BROKEN;

  private Interruption(Rollout rollout, PrintWriter err) {
    this.hook = new Thread(() -> stop(rollout, err), "slipway-interruption");
  }

  /** Begins to listen for the end of the process. */
  static Interruption stopping(Rollout rollout, PrintWriter err) {
    Interruption interruption = new Interruption(rollout, err);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Says how the process ends if it was interrupted. */
  void endWith(int exitCode) {
    code = exitCode;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyInterrupted) {
      ended.countDown();
    }
  }

  private void stop(Rollout rollout, PrintWriter err) {
    err.println("slipway: stopping; what runs is completed, and nothing new starts");
    rollout.stop("interrupted");
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }
}
