package dev.slipway.failure;

/**
 * What the caller asked for cannot be done: an unknown name, a value out of range, a file that
 * cannot be read. Nothing was touched. The message names the place, the value and the remedy.
 */
public final class RequestException extends DeployException {

  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public RequestException(String message) {
    super(message);
  }

  /** Makes one with what was behind it. */
  public RequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
