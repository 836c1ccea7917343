package dev.slipway.spi.telemetry;

/** How a call to something remote went. */
public enum CallOutcome {
  /** It answered. */
  ANSWERED,
  /** It failed, as often as it was tried. */
  FAILED,
  /** It was not made, because the calls before it failed, or there were too many. */
  NOT_MADE
}
