package dev.slipway.engine.domain;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.event.RollbackWish;

/** Ends what a deleted group leaves running. */
final class GroupRemoval {

  private final ActiveRollouts active;
  private final StopOrder stop;

  GroupRemoval(ActiveRollouts active, StopOrder stop) {
    this.active = active;
    this.stop = stop;
  }

  /** Asks a rollout to stop. */
  @FunctionalInterface
  interface StopOrder {
    void stop(DeploymentId id, RollbackWish rollback, String reason);
  }

  void stopActive(StoredGroup deleted) {
    active
        .allOf(deleted.rollouts())
        .forEach(id -> stop.stop(id, RollbackWish.NEVER, "its deployment group has been deleted"));
  }
}
