package dev.slipway.host.plan;

/**
 * An install that cannot be: a file in the way, two sources for one destination, a source that the
 * bundle does not have. The message is the text that AWS's agent gives where it has one. Nothing on
 * the host has been changed.
 */
public final class InstallRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what is wrong
   */
  public InstallRefusedException(String message) {
    super(message);
  }
}
