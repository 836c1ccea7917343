package dev.slipway.strategy;

import dev.slipway.fleet.HostId;
import java.time.Instant;
import java.util.List;

/**
 * A fleet at one instant of a rollout, as a strategy sees it. Nothing in it changes, and no method
 * takes longer for a larger fleet, but for the lists that are read.
 */
public interface FleetView {

  /** The instant of this view. */
  Instant now();

  /** All hosts in scheduling order. */
  List<HostView> hosts();

  /** How many hosts there are. */
  int size();

  /** How many have not started. */
  int pending();

  /** How many are in flight. */
  int inFlight();

  /** How many succeeded. */
  int succeeded();

  /** How many failed, the unreachable ones included. */
  int failed();

  /** How many of the failed could not be reached. */
  int unreachable();

  /** How many hosts must stay healthy. */
  int minimumHealthy();

  /** How many may start now without breaking the floor, at least one. */
  int freeSlots();

  /**
   * The first pending hosts in scheduling order, of the zone that has its turn.
   *
   * @param most how many at most, 0 or more
   */
  List<HostId> nextPending(int most);

  /**
   * One host.
   *
   * @throws java.util.NoSuchElementException if it is not in the fleet
   */
  HostView host(HostId id);

  /** The waves that have started, oldest first. */
  List<WaveView> waves();

  /** How many hosts have started so far. */
  default int started() {
    return size() - pending();
  }
}
