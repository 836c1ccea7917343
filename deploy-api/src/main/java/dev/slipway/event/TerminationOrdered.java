package dev.slipway.event;

import java.time.Instant;

/**
 * Blue/green: the terminator is told to end the original hosts. There is no way back to them.
 *
 * @param attempt from 1
 * @param again when it is told again unless it has answered
 * @param reason why before their time was over, or empty
 */
public record TerminationOrdered(int attempt, Instant again, String reason)
    implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.terminationOrdered(this);
  }
}
