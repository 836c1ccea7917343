package dev.slipway.host.appspec;

/** A text that is not what its key takes. */
final class RejectedText extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Makes one with a whole message, the agent's where it has one. */
  RejectedText(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
