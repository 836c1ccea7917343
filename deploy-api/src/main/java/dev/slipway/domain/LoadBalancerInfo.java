package dev.slipway.domain;

import java.util.List;

/**
 * The load balancers of a group. A host is taken from, and given back to, all of them. They are
 * reached by the traffic controls that are registered as {@link
 * dev.slipway.spi.traffic.TrafficReference#CLASSIC_LOAD_BALANCER} and {@link
 * dev.slipway.spi.traffic.TrafficReference#TARGET_GROUP}, each made for one name.
 *
 * @param elbs names of classic load balancers
 * @param targetGroups names of target groups
 */
public record LoadBalancerInfo(List<String> elbs, List<String> targetGroups) {

  /** No load balancers. */
  public static final LoadBalancerInfo NONE = new LoadBalancerInfo(List.of(), List.of());

  /** Copies the lists in. */
  public LoadBalancerInfo {
    elbs = List.copyOf(elbs);
    targetGroups = List.copyOf(targetGroups);
  }

  /** Returns whether there are none. */
  public boolean namesNone() {
    return elbs.isEmpty() && targetGroups.isEmpty();
  }
}
