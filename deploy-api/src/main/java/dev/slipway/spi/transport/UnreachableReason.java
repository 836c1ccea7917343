package dev.slipway.spi.transport;

/** Why a host could not be reached. */
public enum UnreachableReason {
  /** Nothing listens there, or the address does not exist. */
  REFUSED(true),
  /** The host shows another key than the known one, or none is known. */
  HOST_KEY_REJECTED(true),
  /** The host does not accept our key. */
  AUTHENTICATION_REFUSED(true),
  /** No answer in time. */
  TIMED_OUT(false),
  /** The connection broke. */
  CONNECTION_LOST(false);

  private final boolean isFinal;

  UnreachableReason(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /**
   * Returns whether a host that has not taken the event has failed at once: nothing can be running
   * there. Otherwise it may come back, and stays in flight until its deadline.
   */
  public boolean isFinal() {
    return isFinal;
  }
}
