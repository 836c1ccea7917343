package dev.slipway.engine.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the end of the original hosts has come.
 *
 * @param due when the next thing is to be done about it: the terminator told, or told again; {@link
 *     Instant#MAX} when it is over
 * @param orderedAt when the terminator was told first, or null while the hosts stay
 * @param attempt how often it was told
 * @param refusal why original hosts may go on, empty unless it has failed
 */
record Termination(Instant due, @Nullable Instant orderedAt, int attempt, String refusal) {

  static Termination awaited(Instant until) {
    return new Termination(until, null, 0, "");
  }

  Termination ordered(Instant at, int number, Instant again) {
    return new Termination(again, orderedAt == null ? at : orderedAt, number, "");
  }

  Termination settled(String why) {
    return new Termination(Instant.MAX, orderedAt, attempt, why);
  }

  boolean isOver() {
    return due.equals(Instant.MAX);
  }

  /** Whether the terminator has been told and has not answered. */
  boolean isOrdered() {
    return orderedAt != null && !isOver();
  }
}
