package dev.slipway.event;

/** What became of a question that was asked outside of a rollout. */
public enum CheckVerdict {
  /** All is well. */
  PASSED,
  /** A gate refuses, or an alarm is active. */
  REFUSED,
  /** It cannot be said yet. */
  NOT_YET,
  /** Alarms cannot be read. */
  UNREADABLE,
  /** Whoever drives the rollout does not know whom to ask. */
  MISSING
}
