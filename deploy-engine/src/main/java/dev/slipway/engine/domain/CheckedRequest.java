package dev.slipway.engine.domain;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.TagSelection;
import dev.slipway.fleet.HostSelector;
import dev.slipway.guard.Guards;
import dev.slipway.revision.Revision;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.RolloutOptions;
import dev.slipway.rollout.TrafficChoice;
import java.time.Instant;
import java.util.Objects;

/**
 * A request for a deployment that has been checked, with what it takes from its group.
 *
 * @param application its application
 * @param group its group
 * @param location where its revision lies
 * @param revision its revision
 * @param config its floor
 * @param autoRollback when the last revision that worked comes back
 * @param guards what reads its alarms
 * @param traffic who looks after traffic
 * @param request what was asked for
 */
record CheckedRequest(
    StoredApplication application,
    StoredGroup group,
    RevisionLocation location,
    Revision revision,
    DeploymentConfig config,
    AutoRollbackConfiguration autoRollback,
    Guards guards,
    TrafficChoice traffic,
    DeploymentRequest request) {

  StoredDeployment kept(Instant now) {
    FullSettings settings = new FullSettings(group.settings());
    return new StoredDeployment(
        now,
        application.id(),
        location,
        description(),
        request.updateOutdatedInstancesOnly(),
        autoRollback,
        request.alarms(),
        settings.style(),
        settings.loadBalancers(),
        request.mode(),
        settings.blueGreen(),
        request.targetInstances());
  }

  /** Returns which hosts are deployed to, some of which may have the content already. */
  HostSelector hosts(RevisionId content) {
    TagSelection targets = request.targetInstances();
    if (targets != null) {
      return GroupInventory.targets(targets);
    }
    return request.updateOutdatedInstancesOnly()
        ? GroupInventory.without(group.rollouts(), content)
        : GroupInventory.of(group.rollouts());
  }

  String description() {
    return Objects.requireNonNullElse(request.description(), "");
  }

  RolloutOptions options() {
    return new RolloutOptions(
        Objects.requireNonNullElse(request.fileExistsBehavior(), FileExistsBehavior.DISALLOW),
        autoRollback.effective(),
        request.ignoreApplicationStopFailures(),
        RolloutOptions.DEFAULT.appSpecFile(),
        description(),
        onConflict(),
        request.rollback());
  }

  OnConflict onConflict() {
    return onConflict(request, group);
  }

  static OnConflict onConflict(DeploymentRequest request, StoredGroup group) {
    return Objects.requireNonNullElseGet(
        request.onConflict(), new FullSettings(group.settings())::onConflict);
  }
}
