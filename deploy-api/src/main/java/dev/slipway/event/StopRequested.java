package dev.slipway.event;

/**
 * Somebody wants the rollout to stop: nothing new starts.
 *
 * @param reason in words, may be empty
 */
public record StopRequested(String reason) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.stopRequested(this);
  }
}
