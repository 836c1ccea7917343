package dev.slipway.event;

/**
 * Somebody has approved that the rollout goes on after the checkpoint at which it stands.
 *
 * @param by who, may be empty
 * @param comment in words, may be empty
 */
public record RolloutApproved(String by, String comment) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.rolloutApproved(this);
  }
}
