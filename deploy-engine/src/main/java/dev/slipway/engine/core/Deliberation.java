package dev.slipway.engine.core;

import dev.slipway.event.RolloutEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A decision in the making. Used by one thread, for one call of {@link RolloutCore#decide}. */
final class Deliberation {

  private final Instant at;
  private final List<RolloutEvent> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private RolloutState state;

  Deliberation(RolloutState state, Instant at) {
    this.state = state;
    this.at = at;
  }

  /** The state with what has been decided so far. */
  RolloutState state() {
    return state;
  }

  RolloutDefinition definition() {
    return state.definition();
  }

  Instant at() {
    return at;
  }

  boolean isOver() {
    return state.status().isTerminal();
  }

  /** The number of the next question that is asked outside. */
  int nextRound() {
    return state.watch().asked() + 1;
  }

  /** This is now so. */
  void note(RolloutEvent event) {
    state = Transition.apply(state, event, at);
    events.add(event);
  }

  /** This shall be done about it. */
  void order(Effect effect) {
    effects.add(effect);
  }

  Decision decision() {
    return new Decision(at, events, effects, WakeUp.of(state, at), state);
  }
}
