package dev.slipway.failure;

/**
 * An application, deployment group or another kept thing cannot be read or changed as asked.
 * Nothing has changed.
 */
public final class DomainException extends DeployException {

  private static final long serialVersionUID = 1L;

  private final DomainError error;

  /** Makes one, with a sentence that names the value and the remedy. */
  public DomainException(DomainError error, String message) {
    super(message);
    this.error = error;
  }

  /** Returns why, by the name of CodeDeploy's exception. */
  public DomainError error() {
    return error;
  }
}
