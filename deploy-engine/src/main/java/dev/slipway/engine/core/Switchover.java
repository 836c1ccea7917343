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
 */
record Switchover(@Nullable Instant waitUntil, boolean isBegun, int ready, Counts originals) {

  static Switchover of(RolloutDefinition definition) {
    return new Switchover(
        null, false, 0, new Counts(definition.lifecycle().originals(), 0, 0, 0, 0));
  }

  Switchover awaited(Instant until) {
    return new Switchover(until, isBegun, ready, originals);
  }

  Switchover begun() {
    return new Switchover(null, true, ready, originals);
  }

  Switchover ready(int hosts) {
    return new Switchover(waitUntil, isBegun, hosts, originals);
  }

  Switchover with(Counts next) {
    return new Switchover(waitUntil, isBegun, ready, next);
  }
}
