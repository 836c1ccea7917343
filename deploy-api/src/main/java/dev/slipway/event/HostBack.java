package dev.slipway.event;

import dev.slipway.fleet.HostId;

/**
 * A host that was lost is reachable again.
 *
 * @param host which
 */
public record HostBack(HostId host) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.hostBack(this);
  }
}
