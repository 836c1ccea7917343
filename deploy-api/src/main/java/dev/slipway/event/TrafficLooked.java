package dev.slipway.event;

import java.time.Instant;

/**
 * The traffic control is asked where the hosts stand that wait for BlockTraffic or AllowTraffic.
 *
 * @param next when it is asked again, if a host still waits by then
 */
public record TrafficLooked(Instant next) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.trafficLooked(this);
  }
}
