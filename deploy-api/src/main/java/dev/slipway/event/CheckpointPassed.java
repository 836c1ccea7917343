package dev.slipway.event;

/**
 * The rollout goes on after a checkpoint.
 *
 * @param started how many hosts have started
 */
public record CheckpointPassed(int started) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.checkpointPassed(this);
  }
}
