package dev.slipway.deployment;

/**
 * The state of a deployment.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html">
 *     DeploymentInfo</a>
 */
public enum DeploymentStatus {
  /** Accepted; nothing has been decided yet. */
  CREATED("Created"),
  /** Accepted, and waiting for another deployment of its group. */
  QUEUED("Queued"),
  /** Hosts are being deployed to. */
  IN_PROGRESS("InProgress"),
  /** Blue/green: the replacement hosts wait for the traffic switch. */
  READY("Ready"),
  /** Ended well. */
  SUCCEEDED("Succeeded"),
  /** Ended badly. */
  FAILED("Failed"),
  /** Ended by a person or an alarm. */
  STOPPED("Stopped");

  private final String wireName;

  DeploymentStatus(String wireName) {
    this.wireName = wireName;
  }

  /** Returns CodeDeploy's spelling. */
  public String wireName() {
    return wireName;
  }

  /** Returns whether the deployment is over for good. */
  public boolean isTerminal() {
    return switch (this) {
      case SUCCEEDED, FAILED, STOPPED -> true;
      case CREATED, QUEUED, IN_PROGRESS, READY -> false;
    };
  }

  /** Returns whether a deployment in this state may move to {@code next}. */
  public boolean canBecome(DeploymentStatus next) {
    return switch (this) {
      case CREATED -> next == QUEUED || next == IN_PROGRESS || next == FAILED || next == STOPPED;
      case QUEUED -> next == IN_PROGRESS || next == FAILED || next == STOPPED;
      case IN_PROGRESS -> next == READY || next.isTerminal();
      case READY -> next == IN_PROGRESS || next == STOPPED;
      case SUCCEEDED, FAILED, STOPPED -> false;
    };
  }
}
