package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Rollout;

/** Refuses requests to rollouts in the wrong state. */
final class NeededState {

  private NeededState() {}

  static void over(Rollout rollout) {
    if (!rollout.status().isTerminal()) {
      throw new RequestException(
          rollout.id() + " is not over; wait for its end, or stop it with \"slipway stop\"");
    }
  }

  static void unfinished(Rollout rollout) {
    if (rollout.status().isTerminal()) {
      String rollback =
          rollout
              .rollback()
              .filter(back -> !back.status().isTerminal())
              .map(back -> "; its rollback " + back.id() + " is not")
              .orElse("");
      throw new RequestException(
          rollout.id() + " is over: " + rollout.status().wireName() + rollback);
    }
  }
}
