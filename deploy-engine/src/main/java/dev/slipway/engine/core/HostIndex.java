package dev.slipway.engine.core;

import dev.slipway.fleet.HostId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Where each host is in scheduling order. Never iterated, so its own order does not matter. */
final class HostIndex {

  private final Map<HostId, Integer> positions;

  private HostIndex(Map<HostId, Integer> positions) {
    this.positions = positions;
  }

  /** Refuses a host that is there twice. */
  static HostIndex of(List<ScheduledHost> hosts) {
    Map<HostId, Integer> positions = new HashMap<>(hosts.size() * 2);
    for (int position = 0; position < hosts.size(); position++) {
      HostId host = hosts.get(position).id();
      if (positions.put(host, position) != null) {
        throw new IllegalArgumentException("host " + host + " is part of the rollout twice");
      }
    }
    return new HostIndex(positions);
  }

  OptionalInt find(HostId host) {
    Integer position = positions.get(host);
    return position == null ? OptionalInt.empty() : OptionalInt.of(position);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostIndex index && positions.equals(index.positions);
  }

  @Override
  public int hashCode() {
    return positions.hashCode();
  }
}
