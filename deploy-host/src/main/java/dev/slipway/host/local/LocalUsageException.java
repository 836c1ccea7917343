package dev.slipway.host.local;

/** Arguments that cannot be used. The message is one line for the user. */
final class LocalUsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LocalUsageException(String message) {
    super(message);
  }
}
