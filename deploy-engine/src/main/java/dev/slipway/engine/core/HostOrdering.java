package dev.slipway.engine.core;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the hosts of a rollout in the order in which they start. */
public final class HostOrdering {

  private static final Comparator<ScheduledHost> BY_RANK =
      Comparator.comparingInt(ScheduledHost::rank);
  private static final Comparator<ScheduledHost> BY_NAME = Comparator.comparing(ScheduledHost::id);

  /** Zones by name; hosts whose zone is unknown make up the last one. */
  private static final Comparator<ScheduledHost> BY_ZONE =
      Comparator.<ScheduledHost, Boolean>comparing(host -> host.zone().isEmpty())
          .thenComparing(ScheduledHost::zone);

  private HostOrdering() {}

  /**
   * The hosts in scheduling order: zone by zone if the config is zonal, and then as the order says.
   *
   * @param hosts in any order
   * @param book what is known of the group
   * @param order how hosts of one zone are ordered
   * @param config says whether zones matter
   * @param deployment makes the default order another one each time, and the same when repeated
   */
  public static List<ScheduledHost> schedule(
      List<Host> hosts,
      GroupBook book,
      HostOrder order,
      DeploymentConfig config,
      DeploymentId deployment) {
    Map<HostId, Integer> ranks = book.ranks(hosts.stream().map(Host::id).toList());
    Comparator<ScheduledHost> inZone = comparator(order, deployment, hosts);
    Comparator<ScheduledHost> all =
        config.zonalConfig() == null ? inZone : BY_ZONE.thenComparing(inZone);
    List<ScheduledHost> sorted =
        hosts.stream()
            .map(
                host -> new ScheduledHost(host.id(), host.zone(), ranks.getOrDefault(host.id(), 0)))
            .sorted(all)
            .toList();
    return order.kind() == HostOrder.Kind.ACROSS_ZONES && config.zonalConfig() == null
        ? inTurn(sorted)
        : sorted;
  }

  /** The hosts of each rank, zone after zone, the order within a zone as it was. */
  private static List<ScheduledHost> inTurn(List<ScheduledHost> sorted) {
    Map<String, Integer> turns = new HashMap<>();
    Map<HostId, Integer> turnOf = new HashMap<>();
    for (ScheduledHost host : sorted) {
      turnOf.put(host.id(), turns.merge(host.rank() + "/" + host.zone(), 1, Integer::sum));
    }
    return sorted.stream()
        .sorted(
            BY_RANK.thenComparing(host -> turnOf.getOrDefault(host.id(), 0)).thenComparing(BY_ZONE))
        .toList();
  }

  private static Comparator<ScheduledHost> comparator(
      HostOrder order, DeploymentId deployment, List<Host> hosts) {
    return switch (order.kind()) {
      case SPREAD ->
          BY_RANK
              .thenComparing(host -> spread(deployment, host.id()), Long::compareUnsigned)
              .thenComparing(BY_NAME);
      case BY_RISK -> BY_RANK.thenComparing(risk(order.tag(), hosts)).thenComparing(BY_NAME);
      case BY_NAME, ACROSS_ZONES -> BY_RANK.thenComparing(BY_NAME);
      case EXPLICIT -> listed(order.first()).thenComparing(BY_RANK).thenComparing(BY_NAME);
    };
  }

  private static Comparator<ScheduledHost> risk(String tag, List<Host> hosts) {
    Map<HostId, Double> risks = new HashMap<>();
    hosts.forEach(host -> risks.put(host.id(), number(host.tags().get(tag))));
    return Comparator.comparingDouble(
        host -> risks.getOrDefault(host.id(), Double.POSITIVE_INFINITY));
  }

  private static double number(@Nullable String text) {
    try {
      return text == null ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.POSITIVE_INFINITY;
    }
  }

  private static Comparator<ScheduledHost> listed(List<HostId> first) {
    Map<HostId, Integer> places = new HashMap<>();
    first.forEach(host -> places.putIfAbsent(host, places.size()));
    return Comparator.comparingInt(host -> places.getOrDefault(host.id(), Integer.MAX_VALUE));
  }

  /**
   * A hash that is the same on every machine and in every release: FNV-1a over both names, mixed so
   * that names which differ in their last letter only are far apart.
   */
  private static long spread(DeploymentId deployment, HostId host) {
    long hash = 0xcbf29ce484222325L;
    String names = deployment.value() + "/" + host.value();
    for (int i = 0; i < names.length(); i++) {
      hash = (hash ^ names.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
