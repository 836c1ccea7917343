package dev.slipway.domain;

import java.util.Arrays;
import java.util.Optional;

/**
 * Something that happens to a deployment or one of its hosts, and may be told to others.
 *
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TriggerConfig.html">
 *     CodeDeploy API reference, TriggerConfig</a>
 */
public enum TriggerEventType {
  /** A deployment was created. */
  DEPLOYMENT_START("DeploymentStart"),
  /** It succeeded. */
  DEPLOYMENT_SUCCESS("DeploymentSuccess"),
  /** It failed. */
  DEPLOYMENT_FAILURE("DeploymentFailure"),
  /** It was stopped. */
  DEPLOYMENT_STOP("DeploymentStop"),
  /** A deployment was created that brings back the last revision that worked. */
  DEPLOYMENT_ROLLBACK("DeploymentRollback"),
  /** Blue/green: it waits for the traffic switch. */
  DEPLOYMENT_READY("DeploymentReady"),
  /** A host began. */
  INSTANCE_START("InstanceStart"),
  /** A host succeeded. */
  INSTANCE_SUCCESS("InstanceSuccess"),
  /** A host failed or was lost. */
  INSTANCE_FAILURE("InstanceFailure"),
  /** Blue/green: a replacement host waits for the traffic switch. */
  INSTANCE_READY("InstanceReady");

  private final String wireName;

  TriggerEventType(String wireName) {
    this.wireName = wireName;
  }

  /** Returns CodeDeploy's spelling. */
  public String wireName() {
    return wireName;
  }

  /** Returns the type of that spelling, if there is one. */
  public static Optional<TriggerEventType> named(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }
}
