package dev.slipway.deployment;

/** What becomes of hosts that appear in the inventory while a rollout of their group runs. */
public enum LateJoiners {
  /**
   * Nobody looks for them, as CodeDeploy does for hosts that it finds by their tags: the drift
   * report shows them.
   */
  IGNORE,
  /** They are looked for when the rollout has succeeded, and its result names them. */
  REPORT,
  /**
   * They are looked for when the rollout has succeeded, and a deployment of their own brings them
   * the same revision, as CodeDeploy does for hosts of an Auto Scaling group that would be outdated
   * otherwise.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentGroup.html">
   *     CodeDeploy API reference, outdatedInstancesStrategy</a>
   */
  DEPLOY_AFTER
}
