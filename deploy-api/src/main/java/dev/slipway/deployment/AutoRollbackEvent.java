package dev.slipway.deployment;

/**
 * An outcome of a deployment after which the last revision that worked is deployed again.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AutoRollbackConfiguration.html">
 *     AutoRollbackConfiguration</a>
 */
public enum AutoRollbackEvent {
  /** It failed, whatever the reason. */
  DEPLOYMENT_FAILURE,
  /** An alarm stopped it. */
  DEPLOYMENT_STOP_ON_ALARM,
  /** Somebody stopped it. */
  DEPLOYMENT_STOP_ON_REQUEST
}
