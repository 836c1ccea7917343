package dev.slipway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The strategy wants no further host to start just now.
 *
 * @param why its reason
 * @param until when it is asked again at the latest, or null when a host has to end first
 */
public record RolloutHeld(String why, @Nullable Instant until) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.rolloutHeld(this);
  }
}
