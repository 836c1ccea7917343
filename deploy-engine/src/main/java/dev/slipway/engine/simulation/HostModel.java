package dev.slipway.engine.simulation;

import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** How modelled hosts answer. */
@FunctionalInterface
interface HostModel {

  /**
   * What comes back when a lifecycle event is offered.
   *
   * @param position of the host in scheduling order, from 0
   */
  List<Report> reports(int position, Effect.Offer offer);

  /** An input that comes in some time after the offer. */
  record Report(Duration after, Function<Instant, Input> input) {}
}
