package dev.slipway.event;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.revision.RevisionId;

/**
 * The last revision that worked will be deployed again.
 *
 * @param rollback the deployment that does it
 * @param revision what it deploys
 */
public record RollbackPlanned(DeploymentId rollback, RevisionId revision) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.rollbackPlanned(this);
  }
}
