package dev.slipway.failure;

/** The store of rollouts could not do its part. Nothing is lost: what was committed stays. */
public final class StoreException extends DeployException {

  private static final long serialVersionUID = 1L;

  /** Why. The names are stable: they appear in metrics. */
  public enum Reason {
    /** The store cannot be reached or written just now. */
    UNAVAILABLE,
    /** Another owner has taken over, or the version is not the expected one. */
    FENCED,
    /** Somebody else has changed the same thing meanwhile: read it again. */
    CONFLICT,
    /** A host is locked by another rollout. */
    HOST_BUSY,
    /** What is stored cannot be read. */
    CORRUPT,
    /** What is stored was written by a newer release. */
    TOO_NEW
  }

  private final Reason reason;

  /** Makes one. */
  public StoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Makes one with what was behind it. */
  public StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns why. */
  public Reason reason() {
    return reason;
  }

  /** Returns whether the same call may succeed later. */
  public boolean isRetryable() {
    return switch (reason) {
      case UNAVAILABLE, CONFLICT, HOST_BUSY -> true;
      case FENCED, CORRUPT, TOO_NEW -> false;
    };
  }
}
