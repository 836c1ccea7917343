package dev.slipway.spi.alarm;

/** How an alarm stands. The names are CloudWatch's. */
public enum AlarmState {
  /** All is well. */
  OK,
  /** It stops rollouts. */
  ALARM,
  /** There is too little data to say; this stops nothing. */
  INSUFFICIENT_DATA
}
