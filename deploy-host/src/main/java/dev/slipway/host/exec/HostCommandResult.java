package dev.slipway.host.exec;

import dev.slipway.deployment.Diagnostics;

/**
 * How a host command ended.
 *
 * @param diagnostics what is reported of it
 */
public record HostCommandResult(Diagnostics diagnostics) {

  /** The two ends. */
  public enum Status {
    /** The command did its work, or there was nothing to do. */
    SUCCEEDED,
    /** It did not. */
    FAILED
  }

  /** Returns which end it was. */
  public Status status() {
    return diagnostics.isSuccess() ? Status.SUCCEEDED : Status.FAILED;
  }
}
