package dev.slipway.strategy;

import dev.slipway.fleet.HostId;
import java.time.Instant;
import java.util.List;

/**
 * Hosts that started together.
 *
 * @param number from 1
 * @param startedAt when
 * @param hosts in scheduling order
 */
public record WaveView(int number, Instant startedAt, List<HostId> hosts) {

  /** Copies the list in. */
  public WaveView {
    hosts = List.copyOf(hosts);
  }
}
