package dev.slipway.fleet;

import java.util.List;

/**
 * In which order hosts are scheduled. Whatever it says, hosts that failed last time come first,
 * then those whose revision is unknown, then those with an old one, unless the order is explicit.
 *
 * @param kind how hosts of the same rank are ordered
 * @param first for {@link Kind#EXPLICIT}, the hosts that come first, in this order; the others
 *     follow by rank and name
 * @param tag for {@link Kind#BY_RISK}, the tag that says how risky a host is; empty otherwise
 */
public record HostOrder(Kind kind, List<HostId> first, String tag) {

  /** How hosts of the same rank are ordered. */
  public enum Kind {
    /** By a hash of deployment and host: different each time, and the same when repeated. */
    SPREAD,
    /** By name. */
    BY_NAME,
    /** As listed, without regard to rank. */
    EXPLICIT,
    /** By name, the zones in turn, so that what starts together is shared out among them. */
    ACROSS_ZONES,
    /** By the number in a tag, smallest first; hosts without such a number come last. */
    BY_RISK
  }

  /** The default. */
  public static final HostOrder SPREAD = new HostOrder(Kind.SPREAD, List.of(), "");

  /** By name within a rank. */
  public static final HostOrder BY_NAME = new HostOrder(Kind.BY_NAME, List.of(), "");

  /** The zones in turn within a rank. */
  public static final HostOrder ACROSS_ZONES = new HostOrder(Kind.ACROSS_ZONES, List.of(), "");

  /** Copies the list in. */
  public HostOrder {
    first = List.copyOf(first);
    if ((kind == Kind.EXPLICIT) == first.isEmpty()) {
      throw new IllegalArgumentException("an explicit order lists hosts, and only that one");
    }
    if ((kind == Kind.BY_RISK) == tag.isEmpty()) {
      throw new IllegalArgumentException("an order by risk names a tag, and only that one");
    }
  }

  /** Returns an order in which these hosts come first. */
  public static HostOrder explicit(List<HostId> first) {
    return new HostOrder(Kind.EXPLICIT, first, "");
  }

  /** Returns an order in which hosts with the smallest number in a tag come first. */
  public static HostOrder byRisk(String tag) {
    return new HostOrder(Kind.BY_RISK, List.of(), tag);
  }
}
