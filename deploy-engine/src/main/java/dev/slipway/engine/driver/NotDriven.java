package dev.slipway.engine.driver;

import dev.slipway.rollout.Hold;
import dev.slipway.spi.store.Supervisor;
import java.util.List;

/** That nobody drives a rollout. */
final class NotDriven {

  private NotDriven() {}

  static List<Hold> holds(Supervisor supervisor) {
    return supervisor.isDriving()
        ? List.of()
        : List.of(
            new Hold(
                Hold.Kind.NOT_DRIVEN,
                List.of(),
                null,
                "no process drives it: start one on the same runtime; requests are kept until"
                    + " then"));
  }
}
