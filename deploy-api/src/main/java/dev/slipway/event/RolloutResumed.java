package dev.slipway.event;

/**
 * A rollout that was paused goes on.
 *
 * @param reason in words, may be empty
 */
public record RolloutResumed(String reason) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.rolloutResumed(this);
  }
}
