package dev.slipway.engine.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the traffic switch of a blue/green rollout has come.
 *
 * @param waitUntil until when somebody may ask for it, or null while nobody has to
 * @param isBegun whether it has begun
 * @param ready how many replacement hosts wait for it
 * @param originals how many of the hosts that lose traffic stand where
 * @param termination how far the end of those hosts has come, or null before it is waited for
 */
record Switchover(
    @Nullable Instant waitUntil,
    boolean isBegun,
    int ready,
    Counts originals,
    @Nullable Termination termination) {

  static Switchover of(RolloutDefinition definition) {
    return new Switchover(
        null, false, 0, new Counts(definition.lifecycle().originals(), 0, 0, 0, 0), null);
  }

  Switchover awaited(Instant until) {
    return new Switchover(until, isBegun, ready, originals, termination);
  }

  Switchover begun() {
    return new Switchover(null, true, ready, originals, termination);
  }

  Switchover ready(int hosts) {
    return new Switchover(waitUntil, isBegun, hosts, originals, termination);
  }

  Switchover with(Counts next) {
    return new Switchover(waitUntil, isBegun, ready, next, termination);
  }

  Switchover with(Termination next) {
    return new Switchover(waitUntil, isBegun, ready, originals, next);
  }

  /** Whether there is no way back, because the original hosts are being ended, or have been. */
  boolean isFinal() {
    return termination != null && termination.orderedAt() != null;
  }
}
