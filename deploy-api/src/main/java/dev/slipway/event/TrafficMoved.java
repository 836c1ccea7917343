package dev.slipway.event;

import dev.slipway.fleet.HostId;
import java.util.List;

/**
 * Blue/green: these hosts begin to be put into traffic, or to be taken out of it, together.
 *
 * @param hosts replacement hosts, or all original ones
 */
public record TrafficMoved(List<HostId> hosts) implements RolloutEvent {

  /** Copies the list in. */
  public TrafficMoved {
    hosts = List.copyOf(hosts);
  }

  @Override
  public void accept(EventVisitor visitor) {
    visitor.trafficMoved(this);
  }
}
