package dev.slipway.event;

import java.time.Instant;

/**
 * Somebody outside has given the sign of life that the rollout needs.
 *
 * @param until when the next one must come
 */
public record PulseHeard(Instant until) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.pulseHeard(this);
  }
}
