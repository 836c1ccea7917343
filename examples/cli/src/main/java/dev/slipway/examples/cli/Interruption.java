package dev.slipway.examples.cli;

import dev.slipway.rollout.Rollout;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/**
 * Turns an interrupt of the process into a stop of its rollout or train, and lets the process end
 * with the exit code of that then.
 */
final class Interruption implements AutoCloseable {

  private final Thread hook;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int code = ExitCode.BROKEN;

  private Interruption(Runnable stop, PrintWriter err) {
    this.hook = new Thread(() -> stop(stop, err), "slipway-interruption");
  }

  /** Begins to listen for the end of the process. */
  static Interruption stopping(Rollout rollout, PrintWriter err) {
    return stopping(() -> rollout.stop("interrupted"), err);
  }

  /** Begins to listen for the end of the process, with something else to stop then. */
  static Interruption stopping(Runnable stop, PrintWriter err) {
    Interruption interruption = new Interruption(stop, err);
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

  private void stop(Runnable stop, PrintWriter err) {
    err.println("slipway: stopping; what runs is completed, and nothing new starts");
    stop.run();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }
}
