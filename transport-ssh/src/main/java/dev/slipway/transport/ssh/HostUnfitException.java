package dev.slipway.transport.ssh;

/** A host that was reached and cannot be deployed to: a failure of its event, not of the link. */
final class HostUnfitException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String text;

  HostUnfitException(String text) {
    super(text);
    this.text = text;
  }

  /** Returns what is wrong with the host and what to do about it. */
  String text() {
    return text;
  }
}
