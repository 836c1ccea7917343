package dev.slipway.event;

import java.time.Instant;

/**
 * Blue/green: the replacement hosts are ready, and somebody must ask for the switch.
 *
 * @param until when the deployment is stopped if nobody has
 */
public record SwitchAwaited(Instant until) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.switchAwaited(this);
  }
}
