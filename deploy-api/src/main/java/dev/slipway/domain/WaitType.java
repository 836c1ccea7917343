package dev.slipway.domain;

/** What a blue/green deployment waits for. */
public enum WaitType {
  /** Somebody who asks for the traffic switch. */
  READY_WAIT,
  /** The end of the original hosts. */
  TERMINATION_WAIT
}
