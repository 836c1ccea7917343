package dev.slipway.deployment;

/**
 * What a host says of a lifecycle event that it ran.
 *
 * @param errorCode how it ended
 * @param scriptName the script's location as in the AppSpec, or empty when no script is at fault
 * @param message what happened
 * @param log the last lines of output, about 2 KB, empty when it worked
 */
public record Diagnostics(
    LifecycleErrorCode errorCode, String scriptName, String message, String log) {

  /** Diagnostics of an event that worked. */
  public static final Diagnostics SUCCEEDED =
      new Diagnostics(LifecycleErrorCode.SUCCESS, "", "Succeeded: ", "");

  /** Diagnostics of an event that was found running after whoever ran it had been restarted. */
  public static final Diagnostics AFTER_RESTART =
      new Diagnostics(
          LifecycleErrorCode.FAILED_AFTER_RESTART,
          "",
          "Failed: Failing in-progress lifecycle event after an agent restart.",
          "");

  /** Returns diagnostics of a failure that is not a script's. */
  public static Diagnostics unknownError(String message) {
    return new Diagnostics(LifecycleErrorCode.UNKNOWN_ERROR, "", message, "");
  }

  /** Returns whether the event worked. */
  public boolean isSuccess() {
    return errorCode == LifecycleErrorCode.SUCCESS;
  }
}
