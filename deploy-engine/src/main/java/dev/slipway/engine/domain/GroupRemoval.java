package dev.slipway.engine.domain;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.ErrorCode;

/** Ends what a deleted group leaves running. */
final class GroupRemoval {

  private final ActiveRollouts active;
  private final EndOrder end;

  GroupRemoval(ActiveRollouts active, EndOrder end) {
    this.active = active;
    this.end = end;
  }

  /** Asks a rollout to end because something is missing. */
  @FunctionalInterface
  interface EndOrder {
    void end(DeploymentId id, ErrorCode missing);
  }

  /**
   * Ends them.
   *
   * @param missing APPLICATION_MISSING or DEPLOYMENT_GROUP_MISSING
   */
  void endActive(StoredGroup deleted, ErrorCode missing) {
    active.allOf(deleted.rollouts()).forEach(id -> end.end(id, missing));
  }
}
