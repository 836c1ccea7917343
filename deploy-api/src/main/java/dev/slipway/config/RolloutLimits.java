package dev.slipway.config;

import dev.slipway.failure.RequestException;
import org.jspecify.annotations.Nullable;

/**
 * Limits beside the floor. They make a rollout stop earlier or go slower, never later or faster
 * than its floor allows.
 *
 * @param maxFailures how many hosts may fail, unreachable ones included, before no further host
 *     starts; 0 or more
 * @param maxUnreachable how many hosts may be unreachable before no further host starts; 0 or more
 * @param maxParallel how many hosts may be in flight at once; 1 or more
 * @param maxHosts how many hosts a rollout may have; 1 or more. CodeDeploy has 1000 or 2000 by
 *     region, Slipway no limit unless it is set
 * @param maxFailuresPerWave how many hosts may fail from the start of one wave to that of the next
 *     before no further host starts, 0 or more; null for no limit, and with {@link
 *     Batching#WINDOW}, which has no waves
 * @param maxFailuresPerZone how many hosts of one zone may fail before no further host of any zone
 *     starts, 0 or more, whether or not the rollout goes zone by zone; null for no limit
 */
public record RolloutLimits(
    int maxFailures,
    int maxUnreachable,
    int maxParallel,
    int maxHosts,
    @Nullable Integer maxFailuresPerWave,
    @Nullable Integer maxFailuresPerZone) {

  /** The value of a limit that is not set. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** No limit beside the floor. */
  public static final RolloutLimits NONE =
      new RolloutLimits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, null, null);

  /**
   * Checks the ranges.
   *
   * @throws RequestException when a limit is out of range
   */
  public RolloutLimits {
    check("maxFailures", maxFailures, 0);
    check("maxUnreachable", maxUnreachable, 0);
    check("maxParallel", maxParallel, 1);
    check("maxHosts", maxHosts, 1);
    check("maxFailuresPerWave", maxFailuresPerWave == null ? 0 : maxFailuresPerWave, 0);
    check("maxFailuresPerZone", maxFailuresPerZone == null ? 0 : maxFailuresPerZone, 0);
  }

  /** These limits with another {@code maxFailures}. */
  public RolloutLimits withMaxFailures(int hosts) {
    return new RolloutLimits(
        hosts, maxUnreachable, maxParallel, maxHosts, maxFailuresPerWave, maxFailuresPerZone);
  }

  /** These limits with another {@code maxUnreachable}. */
  public RolloutLimits withMaxUnreachable(int hosts) {
    return new RolloutLimits(
        maxFailures, hosts, maxParallel, maxHosts, maxFailuresPerWave, maxFailuresPerZone);
  }

  /** These limits with another {@code maxParallel}. */
  public RolloutLimits withMaxParallel(int hosts) {
    return new RolloutLimits(
        maxFailures, maxUnreachable, hosts, maxHosts, maxFailuresPerWave, maxFailuresPerZone);
  }

  /** These limits with another {@code maxHosts}. */
  public RolloutLimits withMaxHosts(int hosts) {
    return new RolloutLimits(
        maxFailures, maxUnreachable, maxParallel, hosts, maxFailuresPerWave, maxFailuresPerZone);
  }

  /** These limits with another {@code maxFailuresPerWave}, null for none. */
  public RolloutLimits withMaxFailuresPerWave(@Nullable Integer hosts) {
    return new RolloutLimits(
        maxFailures, maxUnreachable, maxParallel, maxHosts, hosts, maxFailuresPerZone);
  }

  /** These limits with another {@code maxFailuresPerZone}, null for none. */
  public RolloutLimits withMaxFailuresPerZone(@Nullable Integer hosts) {
    return new RolloutLimits(
        maxFailures, maxUnreachable, maxParallel, maxHosts, maxFailuresPerWave, hosts);
  }

  private static void check(String key, int value, int least) {
    if (value < least) {
      throw new RequestException(key + " must be " + least + " or more, but was " + value);
    }
  }
}
