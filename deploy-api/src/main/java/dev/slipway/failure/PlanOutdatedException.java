package dev.slipway.failure;

import java.util.List;

/** The fleet or the configuration is no longer what a plan was made for. Nothing was started. */
public final class PlanOutdatedException extends DeployException {

  private static final long serialVersionUID = 1L;

  private final List<String> differences;

  /**
   * Makes one.
   *
   * @param differences what has changed since, one sentence each
   */
  public PlanOutdatedException(List<String> differences) {
    super("the plan is outdated: " + String.join("; ", differences));
    this.differences = List.copyOf(differences);
  }

  /** Returns what has changed since, one sentence each. */
  public List<String> differences() {
    return differences;
  }
}
