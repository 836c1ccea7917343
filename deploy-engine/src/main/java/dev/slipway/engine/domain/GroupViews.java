package dev.slipway.engine.domain;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.domain.DeploymentGroup;
import dev.slipway.domain.GroupSettings;
import dev.slipway.revision.RevisionId;

/** Shows deployment groups with what their rollouts have made of them. */
final class GroupViews {

  private final TargetRevisions targets;
  private final SwitchedHosts switched;
  private final DeploymentViews deployments;

  GroupViews(TargetRevisions targets, SwitchedHosts switched, DeploymentViews deployments) {
    this.targets = targets;
    this.switched = switched;
    this.deployments = deployments;
  }

  /** Returns the settings of a group with the hosts that belong to it now. */
  GroupSettings settings(StoredGroup group) {
    return switched.settings(group);
  }

  DeploymentGroup of(StoredApplication application, StoredGroup group) {
    RevisionId target = targets.book(group.rollouts()).targetRevision();
    return new DeploymentGroup(
        application.name(),
        group.name(),
        group.id(),
        settings(group),
        target == null ? null : targets.location(application.id(), target),
        deployments.newest(group.rollouts(), DeploymentStatus.SUCCEEDED::equals),
        deployments.newest(group.rollouts(), status -> true));
  }
}
