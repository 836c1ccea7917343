package dev.slipway.failure;

/** A bundle that cannot be had or cannot be used: missing, damaged, changed or hostile. */
public final class RevisionException extends DeployException {

  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public RevisionException(String message) {
    super(message);
  }

  /** Makes one with what was behind it. */
  public RevisionException(String message, Throwable cause) {
    super(message, cause);
  }
}
