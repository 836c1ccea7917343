package dev.slipway.train;

/** Where a train stands. */
public enum TrainStatus {
  /** Its stages go out, one after the other. */
  RUNNING(false),
  /** No further rollout starts; those that run come to their end, and go back if they shall. */
  STOPPING(false),
  /** What has succeeded goes back, the last stage first. */
  ROLLING_BACK(false),
  /** Every rollout has succeeded. */
  SUCCEEDED(true),
  /** A rollout has not succeeded. */
  FAILED(true),
  /** Somebody has stopped it. */
  STOPPED(true);

  private final boolean isTerminal;

  TrainStatus(boolean isTerminal) {
    this.isTerminal = isTerminal;
  }

  /** Returns whether nothing more happens. */
  public boolean isTerminal() {
    return isTerminal;
  }
}
