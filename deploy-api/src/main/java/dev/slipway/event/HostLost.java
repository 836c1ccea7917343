package dev.slipway.event;

import dev.slipway.fleet.HostId;
import dev.slipway.spi.transport.UnreachableReason;

/**
 * A host cannot be reached just now; it stays in flight until its deadline.
 *
 * @param host which
 * @param reason why
 * @param message in words
 */
public record HostLost(HostId host, UnreachableReason reason, String message)
    implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.hostLost(this);
  }
}
