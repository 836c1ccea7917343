package dev.slipway.testkit.fleet;

/** Something happened in a simulated fleet that must never happen. */
public final class FleetViolation extends AssertionError {

  private static final long serialVersionUID = 1L;

  FleetViolation(String message) {
    super(message);
  }

  FleetViolation(String message, Throwable cause) {
    super(message, cause);
  }
}
