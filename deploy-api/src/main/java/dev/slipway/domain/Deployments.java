package dev.slipway.domain;

import dev.slipway.deployment.DeploymentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The deployments: rollouts, seen as CodeDeploy shows them. */
public interface Deployments {

  /**
   * Creates one, which starts at once. What is asked for is checked before anything is kept, in
   * this order: application, group, description, revision, config, rollback and alarms, target
   * instances, mode, active deployments. A revision that is not registered is registered.
   */
  DeploymentId create(DeploymentRequest request);

  /**
   * Returns one.
   *
   * @param id in CodeDeploy's form
   */
  DeploymentInfo get(String id);

  /** Returns several, at most 25; those that are not kept are left out. */
  List<DeploymentInfo> get(List<String> ids);

  /**
   * Returns ids, newest first.
   *
   * @param nextToken of the page before, or null for the first
   */
  Page<DeploymentId> list(DeploymentQuery query, @Nullable String nextToken);

  /**
   * Asks one to stop: what runs ends, nothing new starts.
   *
   * @param autoRollback whether the last revision that worked comes back, whatever was configured;
   *     null for what was configured
   */
  StopStatus stop(String id, @Nullable Boolean autoRollback);

  /** Returns the hosts of a deployment that has begun, in scheduling order. */
  List<DeploymentTarget> targets(String id);

  /**
   * Returns one host of a deployment that has begun.
   *
   * @param host its name
   */
  DeploymentTarget target(String id, String host);

  /**
   * Lets a blue/green deployment go on that waits.
   *
   * @param wait for what it waits
   */
  void continueDeployment(String id, WaitType wait);

  /**
   * Has the original hosts of a blue/green deployment ended now that wait for that: the same as
   * {@link #continueDeployment} with {@link WaitType#TERMINATION_WAIT}.
   */
  default void skipWaitTimeForInstanceTermination(String id) {
    continueDeployment(id, WaitType.TERMINATION_WAIT);
  }
}
