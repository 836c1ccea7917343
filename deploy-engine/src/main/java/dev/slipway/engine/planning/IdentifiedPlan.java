package dev.slipway.engine.planning;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.rollout.Plan;

/** A plan whose deployment has its id already. */
public interface IdentifiedPlan extends Plan {

  /** Returns the id that {@link #start()} gives to the rollout. */
  DeploymentId deployment();
}
