package dev.slipway.deployment;

/** Where one lifecycle event of one host stands. */
public enum LifecycleEventStatus {
  /** Not offered yet. */
  PENDING("Pending"),
  /** Offered or running. */
  IN_PROGRESS("InProgress"),
  /** Done. */
  SUCCEEDED("Succeeded"),
  /** Failed. */
  FAILED("Failed"),
  /** Never run, because an earlier one failed or the deployment ended. */
  SKIPPED("Skipped"),
  /** The host was lost while it ran. */
  UNKNOWN("Unknown");

  private final String wireName;

  LifecycleEventStatus(String wireName) {
    this.wireName = wireName;
  }

  /** Returns CodeDeploy's spelling. */
  public String wireName() {
    return wireName;
  }
}
