package dev.slipway.event;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;
import java.time.Instant;

/**
 * A lifecycle event is given to the transport.
 *
 * @param host where
 * @param event which
 * @param attempt from 1
 * @param deadline until when the host must have taken it
 */
public record HostEventOffered(HostId host, LifecycleEvent event, int attempt, Instant deadline)
    implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.hostEventOffered(this);
  }
}
