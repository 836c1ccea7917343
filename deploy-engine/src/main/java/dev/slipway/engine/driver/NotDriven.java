package dev.slipway.engine.driver;

import dev.slipway.rollout.Hold;
import dev.slipway.strategy.StrategyReference;
import java.util.ArrayList;
import java.util.List;

/** Why nobody drives a rollout, as far as this process knows. */
final class NotDriven {

  private NotDriven() {}

  static List<Hold> holds(DriverServices services, StrategyReference strategy) {
    List<Hold> holds = new ArrayList<>();
    if (!services.supervisor().isDriving()) {
      holds.add(
          hold(
              "no process drives it: start one on the same runtime; requests are kept until then"));
    }
    if (services.strategies().find(strategy).isEmpty()) {
      holds.add(hold(missing(strategy)));
    }
    return holds;
  }

  /** Says that a strategy is missing, and what to do about it. */
  static String missing(StrategyReference strategy) {
    return "strategy %s version %d is not registered here: register it, and the rollout goes on"
        .formatted(strategy.name(), strategy.version());
  }

  private static Hold hold(String message) {
    return new Hold(Hold.Kind.NOT_DRIVEN, List.of(), null, message);
  }
}
