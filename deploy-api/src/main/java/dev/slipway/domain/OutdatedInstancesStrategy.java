package dev.slipway.domain;

/** What becomes of hosts that joined during a deployment with the revision before it. */
public enum OutdatedInstancesStrategy {
  /** They are brought up to date. */
  UPDATE,
  /** They stay as they are. */
  IGNORE
}
