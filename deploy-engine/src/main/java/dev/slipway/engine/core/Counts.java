package dev.slipway.engine.core;

import dev.slipway.deployment.HostStatus;

/**
 * How many hosts stand where. The first four add up to the fleet, but for hosts that wait for a
 * traffic switch.
 *
 * @param pending not started
 * @param inFlight started and not ended
 * @param succeeded ended well
 * @param failed ended badly, the unreachable ones included
 * @param unreachable of the failed, those that could not be reached
 */
public record Counts(int pending, int inFlight, int succeeded, int failed, int unreachable) {

  Counts started() {
    return new Counts(pending - 1, inFlight + 1, succeeded, failed, unreachable);
  }

  /** One host waits for the traffic switch. */
  Counts waits() {
    return new Counts(pending, inFlight - 1, succeeded, failed, unreachable);
  }

  /** One host that waited goes on. */
  Counts goesOn() {
    return new Counts(pending, inFlight + 1, succeeded, failed, unreachable);
  }

  Counts ended(HostStatus status) {
    return switch (status) {
      case SUCCEEDED -> new Counts(pending, inFlight - 1, succeeded + 1, failed, unreachable);
      case FAILED -> new Counts(pending, inFlight - 1, succeeded, failed + 1, unreachable);
      case UNREACHABLE -> new Counts(pending, inFlight - 1, succeeded, failed + 1, unreachable + 1);
      case PENDING, IN_PROGRESS, SKIPPED, READY ->
          throw new IllegalStateException("a host in flight does not end as " + status);
    };
  }
}
