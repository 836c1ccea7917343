package dev.slipway.domain;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.OnConflict;
import dev.slipway.deployment.RollbackOptions;
import org.jspecify.annotations.Nullable;

/** Puts a request for a deployment together. Not thread-safe. */
public final class DeploymentRequestBuilder {

  private final String application;
  private final String deploymentGroup;
  private @Nullable RevisionLocation revision;
  private @Nullable String deploymentConfig;
  private @Nullable String description;
  private boolean ignoreApplicationStopFailures;
  private boolean updateOutdatedInstancesOnly;
  private @Nullable FileExistsBehavior fileExistsBehavior;
  private @Nullable AutoRollbackConfiguration autoRollback;
  private @Nullable AlarmConfiguration alarms;
  private @Nullable TagSelection targetInstances;
  private DeploymentMode mode = DeploymentMode.STANDARD;
  private @Nullable OnConflict onConflict;
  private RollbackOptions rollback = RollbackOptions.DEFAULT;

  DeploymentRequestBuilder(String application, String deploymentGroup) {
    this.application = application;
    this.deploymentGroup = deploymentGroup;
  }

  /** Says what is deployed. */
  public DeploymentRequestBuilder revision(RevisionLocation location) {
    revision = location;
    return this;
  }

  /** Names a config instead of the group's. */
  public DeploymentRequestBuilder deploymentConfig(String name) {
    deploymentConfig = name;
    return this;
  }

  /** Describes it, in at most 256 characters. */
  public DeploymentRequestBuilder description(String text) {
    description = text;
    return this;
  }

  /** Says whether a host goes on when scripts of the old revision fail. */
  public DeploymentRequestBuilder ignoreApplicationStopFailures(boolean ignore) {
    ignoreApplicationStopFailures = ignore;
    return this;
  }

  /** Says whether hosts that have the revision are left out. */
  public DeploymentRequestBuilder updateOutdatedInstancesOnly(boolean only) {
    updateOutdatedInstancesOnly = only;
    return this;
  }

  /** Says what happens to files in the way. */
  public DeploymentRequestBuilder fileExistsBehavior(FileExistsBehavior behavior) {
    fileExistsBehavior = behavior;
    return this;
  }

  /** Says when the last revision that worked comes back, instead of the group. */
  public DeploymentRequestBuilder autoRollback(AutoRollbackConfiguration configuration) {
    autoRollback = configuration;
    return this;
  }

  /** Says which alarms stop it, instead of the group. */
  public DeploymentRequestBuilder alarms(AlarmConfiguration configuration) {
    alarms = configuration;
    return this;
  }

  /** Names the replacement hosts of a blue/green deployment. */
  public DeploymentRequestBuilder targetInstances(TagSelection selection) {
    targetInstances = selection;
    return this;
  }

  /** Says what it does on a host. */
  public DeploymentRequestBuilder mode(DeploymentMode what) {
    mode = what;
    return this;
  }

  /** Says what becomes of it while the group has an active one, instead of the group. */
  public DeploymentRequestBuilder onConflict(OnConflict what) {
    onConflict = what;
    return this;
  }

  /** Says how the last revision that worked comes back; {@link RollbackOptions#DEFAULT} if not. */
  public DeploymentRequestBuilder rollback(RollbackOptions how) {
    rollback = how;
    return this;
  }

  /** Returns what was put together. */
  public DeploymentRequest build() {
    return new DeploymentRequest(
        application,
        deploymentGroup,
        revision,
        deploymentConfig,
        description,
        ignoreApplicationStopFailures,
        updateOutdatedInstancesOnly,
        fileExistsBehavior,
        autoRollback,
        alarms,
        targetInstances,
        mode,
        onConflict,
        rollback);
  }
}
