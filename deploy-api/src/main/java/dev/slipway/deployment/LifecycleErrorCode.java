package dev.slipway.deployment;

/**
 * How a lifecycle event ended on the host. The numbers are those of CodeDeploy's agent; its API
 * shows 6 and 7 as {@code UnknownError}.
 *
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_Diagnostics.html">
 *     Diagnostics</a>
 */
public enum LifecycleErrorCode {
  /** It worked. */
  SUCCESS(0, "Success"),
  /** A script is not in the bundle. */
  SCRIPT_MISSING(1, "ScriptMissing"),
  /** A script cannot be made executable. */
  SCRIPT_NOT_EXECUTABLE(2, "ScriptNotExecutable"),
  /** A script took longer than its timeout, and was ended. */
  SCRIPT_TIMED_OUT(3, "ScriptTimedOut"),
  /** A script ended with a code other than 0. */
  SCRIPT_FAILED(4, "ScriptFailed"),
  /** Anything that is not a script's fault. */
  UNKNOWN_ERROR(5, "UnknownError"),
  /** A script ended, but something that it started kept its output open. */
  OUTPUTS_LEFT_OPEN(6, "UnknownError"),
  /** The host or its executor went down while the event ran. */
  FAILED_AFTER_RESTART(7, "UnknownError");

  private final int number;
  private final String wireName;

  LifecycleErrorCode(int number, String wireName) {
    this.number = number;
    this.wireName = wireName;
  }

  /** Returns the agent's number. */
  public int number() {
    return number;
  }

  /** Returns the spelling of CodeDeploy's API. */
  public String wireName() {
    return wireName;
  }

  /** Returns the code of that number. */
  public static LifecycleErrorCode numbered(int number) {
    if (number < 0 || number >= values().length) {
      throw new IllegalArgumentException("a lifecycle error code is 0 to 7, but was " + number);
    }
    return values()[number];
  }
}
