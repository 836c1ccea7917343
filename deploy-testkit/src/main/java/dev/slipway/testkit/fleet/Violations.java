package dev.slipway.testkit.fleet;

import org.jspecify.annotations.Nullable;

/** Makes an error of what must never happen. */
interface Violations {

  FleetViolation violation(String what, @Nullable Throwable cause);

  default FleetViolation violation(String what) {
    return violation(what, null);
  }
}
