package dev.slipway.event;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;
import java.time.Instant;

/**
 * The host has taken a lifecycle event.
 *
 * @param host where
 * @param event which
 * @param attempt from 1
 * @param deadline until when it must be over
 */
public record HostEventAcknowledged(
    HostId host, LifecycleEvent event, int attempt, Instant deadline) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.hostEventAcknowledged(this);
  }
}
