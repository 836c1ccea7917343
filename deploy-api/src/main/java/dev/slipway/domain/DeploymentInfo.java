package dev.slipway.domain;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorInformation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as CodeDeploy shows it.
 *
 * @param id its id
 * @param application name of its application
 * @param deploymentGroup name of its group
 * @param deploymentConfig name of its config
 * @param revision what it deploys
 * @param previousRevision the group's target revision when it was created, or null
 * @param status how it stands
 * @param error why it did not succeed, or null
 * @param createdAt when it was created
 * @param startedAt when it began, or null
 * @param completedAt when it ended, or null
 * @param overview how many hosts stand where, or null before it began
 * @param description may be empty
 * @param creator who asked for it
 * @param options what else was asked for
 * @param rollback how it belongs to a rollback, or null
 * @param terminationWaitStarted blue/green: whether the original hosts have lost traffic and are to
 *     be ended, or have been
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html">
 *     CodeDeploy API reference, DeploymentInfo</a>
 */
public record DeploymentInfo(
    DeploymentId id,
    String application,
    String deploymentGroup,
    String deploymentConfig,
    RevisionLocation revision,
    @Nullable RevisionLocation previousRevision,
    DeploymentStatus status,
    @Nullable ErrorInformation error,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable DeploymentOverview overview,
    String description,
    Creator creator,
    Options options,
    @Nullable RollbackInfo rollback,
    boolean terminationWaitStarted) {

  /**
   * What else was asked for.
   *
   * @param ignoreApplicationStopFailures whether a host goes on when scripts of the old revision
   *     fail
   * @param updateOutdatedInstancesOnly whether hosts that had the revision were left out
   * @param fileExistsBehavior what happens to files in the way
   * @param autoRollback when the last revision that worked comes back
   * @param alarms instead of the group's, or null
   * @param style in place or not
   * @param loadBalancers the group's when it was created
   * @param blueGreen the group's when it was created, or null
   * @param targetInstances the replacement hosts of a blue/green deployment, or null
   * @param mode what it does on a host
   */
  public record Options(
      boolean ignoreApplicationStopFailures,
      boolean updateOutdatedInstancesOnly,
      FileExistsBehavior fileExistsBehavior,
      AutoRollbackConfiguration autoRollback,
      @Nullable AlarmConfiguration alarms,
      DeploymentStyle style,
      LoadBalancerInfo loadBalancers,
      @Nullable BlueGreenOptions blueGreen,
      @Nullable TagSelection targetInstances,
      DeploymentMode mode) {}
}
