package dev.slipway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * No host starts until the deployment window opens.
 *
 * @param why in words
 * @param until when it opens, or null when it does not as far as one can see
 * @param drains whether lifecycle events wait too
 */
public record WindowClosed(String why, @Nullable Instant until, boolean drains)
    implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.windowClosed(this);
  }
}
