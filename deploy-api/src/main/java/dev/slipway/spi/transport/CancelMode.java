package dev.slipway.spi.transport;

/** How a command that may be running is ended. */
public enum CancelMode {
  /** It is not started if it has not started yet; a running one goes on. */
  NOT_STARTED,
  /** A running script gets TERM, and KILL five seconds later. */
  TERMINATE
}
