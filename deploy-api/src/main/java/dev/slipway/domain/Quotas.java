package dev.slipway.domain;

import dev.slipway.failure.RequestException;
import java.util.HashMap;
import java.util.Map;

/** The limits of what is kept. Immutable. */
public final class Quotas {

  /** CodeDeploy's limits, but for the hosts of a deployment, which have none. */
  public static final Quotas USUAL = new Quotas(Map.of());

  private final Map<Quota, Integer> set;

  private Quotas(Map<Quota, Integer> set) {
    this.set = Map.copyOf(set);
  }

  /**
   * Returns these with another limit.
   *
   * @param limit 0 for none
   * @throws RequestException if it is negative
   */
  public Quotas with(Quota quota, int limit) {
    if (limit < 0) {
      throw new RequestException("quota " + quota + " must be 0 (none) or more, but was " + limit);
    }
    Map<Quota, Integer> changed = new HashMap<>(set);
    changed.put(quota, limit);
    return new Quotas(changed);
  }

  /** Returns a limit; 0 is none. */
  public int limit(Quota quota) {
    return set.getOrDefault(quota, quota.usual());
  }

  /** Returns whether so many are more than there may be. */
  public boolean exceeded(Quota quota, int count) {
    int limit = limit(quota);
    return limit != 0 && count > limit;
  }
}
