package dev.slipway.domain;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.OnConflict;
import dev.slipway.deployment.RollbackOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment shall do. What is null is taken from the group or has its default.
 *
 * @param application name of the application
 * @param deploymentGroup name of the group
 * @param revision what is deployed; null for RESTART only
 * @param deploymentConfig a name, or null for the group's
 * @param description at most 256 characters, or null
 * @param ignoreApplicationStopFailures whether a host goes on when scripts of the old revision fail
 * @param updateOutdatedInstancesOnly whether hosts that have the revision are left out
 * @param fileExistsBehavior what happens to files in the way, or null for DISALLOW
 * @param autoRollback instead of the group's, or null
 * @param alarms instead of the group's, or null
 * @param targetInstances the replacement hosts of a blue/green deployment, or null
 * @param mode what it does
 * @param onConflict what becomes of it while the group has an active one, instead of the group's,
 *     or null
 * @param rollback how the last revision that worked comes back; CodeDeploy knows only the default
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html">
 *     CodeDeploy API reference, CreateDeployment</a>
 */
public record DeploymentRequest(
    String application,
    String deploymentGroup,
    @Nullable RevisionLocation revision,
    @Nullable String deploymentConfig,
    @Nullable String description,
    boolean ignoreApplicationStopFailures,
    boolean updateOutdatedInstancesOnly,
    @Nullable FileExistsBehavior fileExistsBehavior,
    @Nullable AutoRollbackConfiguration autoRollback,
    @Nullable AlarmConfiguration alarms,
    @Nullable TagSelection targetInstances,
    DeploymentMode mode,
    @Nullable OnConflict onConflict,
    RollbackOptions rollback) {

  /** Begins a request for a group. */
  public static DeploymentRequestBuilder to(String application, String deploymentGroup) {
    return new DeploymentRequestBuilder(application, deploymentGroup);
  }
}
