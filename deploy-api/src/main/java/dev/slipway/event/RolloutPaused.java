package dev.slipway.event;

/**
 * Somebody wants the rollout to rest: no host and no lifecycle event starts, those that run come to
 * their end. Deadlines go on.
 *
 * @param reason in words, may be empty
 */
public record RolloutPaused(String reason) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.rolloutPaused(this);
  }
}
