package dev.slipway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rollout stands at a checkpoint: all hosts that have started have ended, and no other starts.
 *
 * @param started how many hosts have started
 * @param bakeUntil until when they are watched
 * @param approveBy until when somebody must approve, or null when nobody needs to
 */
public record CheckpointReached(int started, Instant bakeUntil, @Nullable Instant approveBy)
    implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.checkpointReached(this);
  }
}
