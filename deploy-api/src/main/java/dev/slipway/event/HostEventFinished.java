package dev.slipway.event;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.fleet.HostId;

/**
 * A lifecycle event of a host is over.
 *
 * @param host where
 * @param event which
 * @param attempt from 1
 * @param status how it ended
 * @param diagnostics what the host says of it
 */
public record HostEventFinished(
    HostId host,
    LifecycleEvent event,
    int attempt,
    LifecycleEventStatus status,
    Diagnostics diagnostics)
    implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.hostEventFinished(this);
  }
}
