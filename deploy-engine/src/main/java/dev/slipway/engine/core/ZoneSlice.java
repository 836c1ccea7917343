package dev.slipway.engine.core;

import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.Creator;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts that are deployed to before any other: a zone, or the whole fleet when there are no zones.
 *
 * @param name the zone's name, empty for the whole fleet and for hosts without zone
 * @param from position of the first host
 * @param to position after the last host
 * @param minimumHealthy the zone's own floor
 */
public record ZoneSlice(String name, int from, int to, int minimumHealthy) {

  /** How many hosts there are. */
  public int size() {
    return to - from;
  }

  /** How many of them may be off or failed. */
  public int budget() {
    return size() - minimumHealthy;
  }

  /** The zones of a rollout in order; one for all hosts when it is not zonal, or a rollback. */
  static List<ZoneSlice> of(RolloutDefinition definition) {
    List<ScheduledHost> hosts = definition.hosts();
    ZonalConfig zonal = definition.pace().config().zonalConfig();
    if (zonal == null
        || definition.creator() == Creator.ROLLBACK
        || definition.lifecycle().blueGreen() != null) {
      return List.of(new ZoneSlice("", 0, definition.deployedTo(), 0));
    }
    List<ZoneSlice> slices = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= hosts.size(); to++) {
      if (to == hosts.size() || !hosts.get(to).zone().equals(hosts.get(from).zone())) {
        slices.add(slice(hosts.get(from).zone(), from, to, zonal.minimumHealthyHostsPerZone()));
        from = to;
      }
    }
    return List.copyOf(slices);
  }

  private static ZoneSlice slice(String name, int from, int to, MinimumHealthyHosts floor) {
    return new ZoneSlice(name, from, to, floor.requiredOf(to - from));
  }
}
