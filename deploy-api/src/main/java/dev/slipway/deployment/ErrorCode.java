package dev.slipway.deployment;

/**
 * Why a deployment did not succeed. The names are CodeDeploy's.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html">
 *     ErrorInformation</a>
 */
public enum ErrorCode {
  /** The selectors of the group match no host. */
  NO_INSTANCES,
  /** More hosts than a deployment may have. */
  OVER_MAX_INSTANCES,
  /** The floor leaves no room for a single host to be off. Nothing was touched. */
  HEALTH_CONSTRAINTS_INVALID,
  /** Too many hosts failed, or too few succeeded. */
  HEALTH_CONSTRAINTS,
  /** Its application has been deleted meanwhile. */
  APPLICATION_MISSING,
  /** Its deployment group has been deleted meanwhile. */
  DEPLOYMENT_GROUP_MISSING,
  /** The revision is gone. */
  REVISION_MISSING,
  /** The revision cannot be used. */
  INVALID_REVISION,
  /** Somebody stopped it. */
  MANUAL_STOP,
  /** An alarm stopped it. */
  ALARM_ACTIVE,
  /** It took longer than a deployment may take. */
  TIMEOUT,
  /** The engine or something plugged into it is at fault. */
  INTERNAL_ERROR
}
