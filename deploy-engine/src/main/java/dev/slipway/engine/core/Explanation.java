package dev.slipway.engine.core;

import dev.slipway.rollout.Hold;
import java.time.Instant;
import java.util.List;

/** Placeholder. */
public final class Explanation {
  private Explanation() {}

  /** x. */
  public static List<Hold> of(RolloutState state, Instant now) {
    return List.of();
  }
}
