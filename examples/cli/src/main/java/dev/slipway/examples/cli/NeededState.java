package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Rollout;
import java.io.PrintWriter;

/** Refuses, or warns of, what does not fit the state of a rollout. */
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

  /** Returns the number of the checkpoint at which a rollout waits for an approval. */
  static int awaitedApproval(Rollout rollout) {
    return rollout
        .awaitedApproval()
        .orElseThrow(
            () ->
                new RequestException(
                    rollout.id()
                        + " waits for no approval just now; \"slipway explain\" says what it waits"
                        + " for"));
  }

  /** Says so if the end of a rollout is waited for that nobody drives. */
  static void warnOfNoDriver(Rollout rollout, PrintWriter err) {
    if (!rollout.status().isTerminal() && !rollout.isDriven()) {
      err.println(
          "slipway: no process drives it; go on with \"slipway continue " + rollout.id() + "\"");
      err.flush();
    }
  }
}
