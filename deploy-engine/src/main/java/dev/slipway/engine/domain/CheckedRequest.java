package dev.slipway.engine.domain;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.guard.Guards;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.RolloutOptions;
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
        request.mode());
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
