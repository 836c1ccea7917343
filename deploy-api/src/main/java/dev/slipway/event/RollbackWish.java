package dev.slipway.event;

/** What whoever stops a rollout says of the rollback. */
public enum RollbackWish {
  /** What the deployment's automatic rollback says. */
  AS_CONFIGURED,
  /** Roll back, whatever it says. */
  ALWAYS,
  /** Do not, whatever it says. */
  NEVER
}
