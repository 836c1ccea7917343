package dev.slipway.failure;

import dev.slipway.preflight.PreflightReport;

/** Hosts were looked at before a rollout, and some are not fit for it. Nothing was touched. */
public final class PreflightException extends DeployException {

  private static final long serialVersionUID = 1L;

  private final transient PreflightReport report;

  /**
   * Makes one.
   *
   * @param report what was found
   */
  public PreflightException(PreflightReport report) {
    super("preflight: " + String.join("\n", report.lines()));
    this.report = report;
  }

  /** Returns what was found. */
  public PreflightReport report() {
    return report;
  }
}
