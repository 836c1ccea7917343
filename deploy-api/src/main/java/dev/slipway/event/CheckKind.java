package dev.slipway.event;

/** What is asked outside of a rollout. */
public enum CheckKind {
  /** A gate, about the fleet so far. */
  FLEET_GATE,
  /** A gate, about one host. */
  HOST_GATE,
  /** The alarms. */
  ALARMS
}
