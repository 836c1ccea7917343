package dev.slipway.event;

import dev.slipway.fleet.HostId;

/**
 * Blue/green: a replacement host has the revision, and waits for the traffic switch.
 *
 * @param host which
 */
public record HostReady(HostId host) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.hostReady(this);
  }
}
