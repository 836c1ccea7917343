package dev.slipway.engine.core;

import dev.slipway.event.RolloutEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a state and some inputs. Commit the events, then believe the state, then do the
 * effects.
 *
 * @param at the instant of the decision, to be recorded with each of its events
 * @param events what is now so, in order; may be none
 * @param effects what to do about it, in order
 * @param wakeAt when to decide again even if nothing comes in, or null when the rollout is over or
 *     has not begun
 * @param state the state after the events
 */
public record Decision(
    Instant at,
    List<RolloutEvent> events,
    List<Effect> effects,
    @Nullable Instant wakeAt,
    RolloutState state) {

  /** Copies the lists in. */
  public Decision {
    events = List.copyOf(events);
    effects = List.copyOf(effects);
  }
}
