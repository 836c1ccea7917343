package dev.slipway.fleet;

import java.util.List;

/**
 * In which order hosts are scheduled. Whatever it says, hosts that failed last time come first,
 * then those whose revision is unknown, then those with an old one, unless the order is explicit.
 *
 * @param kind how hosts of the same rank are ordered
 * @param first for {@link Kind#EXPLICIT}, the hosts that come first, in this order; the others
 *     follow by rank and name
 */
public record HostOrder(Kind kind, List<HostId> first) {

  /** How hosts of the same rank are ordered. */
  public enum Kind {
    /** By a hash of deployment and host: different each time, and the same when repeated. */
    SPREAD,
    /** By name. */
    BY_NAME,
    /** As listed, without regard to rank. */
    EXPLICIT
  }

  /** The default. */
  public static final HostOrder SPREAD = new HostOrder(Kind.SPREAD, List.of());

  /** By name within a rank. */
  public static final HostOrder BY_NAME = new HostOrder(Kind.BY_NAME, List.of());

  /** Copies the list in. */
  public HostOrder {
    first = List.copyOf(first);
    if ((kind == Kind.EXPLICIT) == first.isEmpty()) {
      throw new IllegalArgumentException("an explicit order lists hosts, and only that one");
    }
  }

  /** Returns an order in which these hosts come first. */
  public static HostOrder explicit(List<HostId> first) {
    return new HostOrder(Kind.EXPLICIT, first);
  }
}
