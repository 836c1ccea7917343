package dev.slipway.spi.traffic;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import java.util.List;
import java.util.Map;

/**
 * Takes hosts out of traffic and puts them back, for the events BlockTraffic and AllowTraffic.
 *
 * <p>Thread-safe. Calls return quickly and never wait for a drain or a health check: the engine
 * asks {@link #states} until it sees what it waits for, or its deadline passes. All of them may be
 * repeated.
 */
public interface TrafficControl {

  /** Where a host stands. */
  enum TrafficState {
    /** Gets traffic and is healthy. */
    IN_SERVICE,
    /** Registered, and not healthy yet. */
    COMING,
    /** Not registered any more, and still serving what it has. */
    DRAINING,
    /** Gets no traffic. */
    OUT_OF_SERVICE
  }

  /** Begins to take the hosts out. */
  void remove(List<Host> hosts, TrafficOrder order);

  /** Begins to put the hosts in. */
  void add(List<Host> hosts, TrafficOrder order);

  /** Returns where each of the hosts stands. */
  Map<HostId, TrafficState> states(List<Host> hosts);
}
