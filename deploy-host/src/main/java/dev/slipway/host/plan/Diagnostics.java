package dev.slipway.host.plan;

/**
 * How a host command ended.
 *
 * @param code the kind of end
 * @param scriptName the location of the script that failed, or empty
 * @param message what happened
 * @param log the end of what the event's scripts wrote, at most {@link TailBuffer#CAPACITY}
 *     characters; empty unless a script failed
 */
public record Diagnostics(Code code, String scriptName, String message, String log) {

  /** The kinds of end, with CodeDeploy's numbers. */
  public enum Code {
    /** 0. */
    SUCCESS,
    /** 1: the AppSpec names a script that the revision does not have. */
    SCRIPT_MISSING,
    /** 2: a script cannot be made executable. */
    SCRIPT_NOT_EXECUTABLE,
    /** 3: a script took longer than its timeout. */
    SCRIPT_TIMED_OUT,
    /** 4: a script failed. */
    SCRIPT_FAILED,
    /** 5: everything that is not about a script. */
    UNKNOWN_ERROR,
    /** 6: a script has ended, but what it started keeps its output open. */
    OUTPUTS_LEFT_OPEN,
    /** 7: whoever ran the command was restarted while it ran. */
    FAILED_AFTER_RESTART;

    /** Returns CodeDeploy's number. */
    public int number() {
      return switch (this) {
        case SUCCESS -> 0;
        case SCRIPT_MISSING -> 1;
        case SCRIPT_NOT_EXECUTABLE -> 2;
        case SCRIPT_TIMED_OUT -> 3;
        case SCRIPT_FAILED -> 4;
        case UNKNOWN_ERROR -> 5;
        case OUTPUTS_LEFT_OPEN -> 6;
        case FAILED_AFTER_RESTART -> 7;
      };
    }
  }

  /** A command that did its work. */
  public static final Diagnostics SUCCEEDED = new Diagnostics(Code.SUCCESS, "", "Succeeded: ", "");

  /** A command that was found running after a restart. */
  public static final Diagnostics AFTER_RESTART =
      new Diagnostics(
          Code.FAILED_AFTER_RESTART,
          "",
          "Failed: Failing in-progress lifecycle event after an agent restart.",
          "");

  /** Returns the end of a command that failed without a script being at fault. */
  public static Diagnostics unknownError(String message) {
    return new Diagnostics(Code.UNKNOWN_ERROR, "", message, "");
  }

  /** Returns whether the command did its work. */
  public boolean isSuccess() {
    return code == Code.SUCCESS;
  }

  /** Returns the JSON that AWS's agent would report, member for member. */
  public String toJson() {
    return "{\"error_code\":"
        + code.number()
        + ",\"script_name\":"
        + Json.string(scriptName)
        + ",\"message\":"
        + Json.string(message)
        + ",\"log\":"
        + Json.string(log)
        + "}";
  }
}
