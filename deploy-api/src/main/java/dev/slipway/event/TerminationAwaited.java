package dev.slipway.event;

import java.time.Instant;

/**
 * Blue/green: traffic is switched, and the original hosts stay for a while.
 *
 * @param until when they are ended
 */
public record TerminationAwaited(Instant until) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.terminationAwaited(this);
  }
}
