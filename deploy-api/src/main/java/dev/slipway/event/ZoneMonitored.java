package dev.slipway.event;

import java.time.Instant;

/**
 * A zone is done, and the rollout waits, if only for an instant, before it enters the next one.
 *
 * @param zone which one is done
 * @param until when the wait ends
 */
public record ZoneMonitored(String zone, Instant until) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.zoneMonitored(this);
  }
}
