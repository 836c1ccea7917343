package dev.slipway.failure;

/**
 * Something that kept Slipway from doing what it was asked: bad input, a lost store, a missing
 * revision. A deployment that fails is not an exception but a result.
 */
public abstract sealed class DeployException extends RuntimeException
    permits AppSpecException,
        DomainException,
        PlanOutdatedException,
        PreflightException,
        RequestException,
        RevisionException,
        StoreException {

  private static final long serialVersionUID = 1L;

  DeployException(String message) {
    super(message);
  }

  DeployException(String message, Throwable cause) {
    super(message, cause);
  }
}
