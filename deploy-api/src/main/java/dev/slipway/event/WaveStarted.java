package dev.slipway.event;

import dev.slipway.fleet.HostId;
import java.util.List;

/**
 * Hosts begin, together.
 *
 * @param number from 1
 * @param hosts in scheduling order
 */
public record WaveStarted(int number, List<HostId> hosts) implements RolloutEvent {

  /** Copies the list in. */
  public WaveStarted {
    hosts = List.copyOf(hosts);
  }

  @Override
  public void accept(EventVisitor visitor) {
    visitor.waveStarted(this);
  }
}
