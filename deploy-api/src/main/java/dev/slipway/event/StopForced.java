package dev.slipway.event;

import java.time.Instant;

/**
 * The time for a stopped rollout to drain is over: what runs on hosts is ended.
 *
 * @param abandonAt when a host that still has not answered is given up
 */
public record StopForced(Instant abandonAt) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.stopForced(this);
  }
}
