package dev.slipway.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a stop within the time that somebody waited for it.
 *
 * @param result how the rollout ended, or null when it was not over by then
 * @param busy what hosts still ran then, in scheduling order; empty when it is over
 */
public record StopReport(@Nullable RolloutResult result, List<RunningHost> busy) {

  /** Copies the list in. */
  public StopReport {
    busy = List.copyOf(busy);
  }

  /** Returns whether the rollout is over. */
  public boolean isOver() {
    return result != null;
  }
}
