package dev.slipway.preflight;

/**
 * Something about a host that would keep a deployment from working there.
 *
 * @param kind what it is about
 * @param message what is wrong, and what to do about it
 */
public record HostDefect(Kind kind, String message) {

  /** What a defect is about. */
  public enum Kind {
    /** The host does not answer, does not let us in, or is not the one that is known. */
    UNREACHABLE,
    /** The transport of the host cannot look at it. */
    NOT_INSPECTABLE,
    /** The settings of the host make no sense. */
    SETTINGS,
    /** The host lets us in, but not as the account that is to work there. */
    LOGIN,
    /** A program is missing. */
    TOOL,
    /** Nothing can be written to the deployment root or a destination. */
    NOT_WRITABLE,
    /** There is too little free space. */
    SPACE,
    /** The clock of the host is wrong. */
    CLOCK,
    /** An agent of AWS works on the deployment root. */
    AGENT,
    /** An account or group of the AppSpec does not exist, or cannot be given files. */
    ACCOUNT
  }
}
