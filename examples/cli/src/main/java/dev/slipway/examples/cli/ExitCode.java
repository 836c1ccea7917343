package dev.slipway.examples.cli;

/** What the process says when it ends; scripts rely on these numbers. */
public final class ExitCode {

  /** The deployment succeeded, or the question was answered. */
  public static final int SUCCEEDED = 0;

  /** The deployment ended Failed, or its plan can never succeed. */
  public static final int FAILED = 1;

  /** Bad usage or input; nothing was touched. */
  public static final int BAD_INPUT = 2;

  /** The deployment ended Stopped. */
  public static final int STOPPED = 3;

  /** Our own failure, or the store's. */
  public static final int BROKEN = 4;

  private ExitCode() {}
}
