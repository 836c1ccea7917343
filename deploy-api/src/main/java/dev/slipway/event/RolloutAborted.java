package dev.slipway.event;

import dev.slipway.deployment.ErrorCode;

/**
 * No further host starts; the rollout ends as failed when those in flight have ended. After TIMEOUT
 * no lifecycle event starts either.
 *
 * @param code HEALTH_CONSTRAINTS, TIMEOUT or INTERNAL_ERROR
 * @param message why, with the numbers
 */
public record RolloutAborted(ErrorCode code, String message) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.rolloutAborted(this);
  }
}
