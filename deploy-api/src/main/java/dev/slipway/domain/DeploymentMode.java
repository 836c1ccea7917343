package dev.slipway.domain;

/** What a deployment does on a host. */
public enum DeploymentMode {
  /** Deploys a revision. */
  STANDARD,
  /** Deploys the group's target revision again. */
  RESTART
}
