package dev.slipway.event;

/**
 * Blue/green: the terminator has answered, or was not heard of for too long.
 *
 * @param refusal why original hosts may go on, or empty
 */
public record TerminationSettled(String refusal) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.terminationSettled(this);
  }
}
