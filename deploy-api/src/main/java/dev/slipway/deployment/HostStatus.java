package dev.slipway.deployment;

/** Where one host stands in a deployment. */
public enum HostStatus {
  /** Not started yet. */
  PENDING("Pending"),
  /** Its lifecycle events are running. */
  IN_PROGRESS("InProgress"),
  /** All its events are done. */
  SUCCEEDED("Succeeded"),
  /** An event failed, and the rest was skipped. */
  FAILED("Failed"),
  /** The deployment ended before the host was started. */
  SKIPPED("Skipped"),
  /** It could not be reached, or was lost on the way; it counts like a failed one. */
  UNREACHABLE("Unknown"),
  /** Blue/green: installed, and waiting for the traffic switch. */
  READY("Ready");

  private final String wireName;

  HostStatus(String wireName) {
    this.wireName = wireName;
  }

  /** Returns CodeDeploy's spelling. */
  public String wireName() {
    return wireName;
  }

  /** Returns whether the host is done in this deployment. */
  public boolean isTerminal() {
    return switch (this) {
      case SUCCEEDED, FAILED, SKIPPED, UNREACHABLE -> true;
      case PENDING, IN_PROGRESS, READY -> false;
    };
  }

  /** Returns whether a host in this state may move to {@code next}. */
  public boolean canBecome(HostStatus next) {
    return switch (this) {
      case PENDING -> next == IN_PROGRESS || next == SKIPPED;
      case IN_PROGRESS ->
          next == SUCCEEDED || next == FAILED || next == UNREACHABLE || next == READY;
      case READY -> next == IN_PROGRESS || next == SKIPPED;
      case SUCCEEDED, FAILED, SKIPPED, UNREACHABLE -> false;
    };
  }
}
