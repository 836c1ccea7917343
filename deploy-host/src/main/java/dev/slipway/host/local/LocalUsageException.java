package dev.slipway.host.local;

/** Arguments that cannot be used. The message is one line for the user. */
final class LocalUsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** That of codedeploy-local for everything. */
  private static final int AS_THERE = 1;

  /** That of every other command for bad usage. codedeploy-local knows no place. */
  private static final int BAD_PLACE = 2;

  private final int exitCode;

  LocalUsageException(String message) {
    this(message, AS_THERE);
  }

  private LocalUsageException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Returns that of what is said with {@code --via}. */
  static LocalUsageException ofPlace(String message) {
    return new LocalUsageException(message, BAD_PLACE);
  }

  int exitCode() {
    return exitCode;
  }
}
