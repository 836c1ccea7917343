package dev.slipway.preflight;

import java.time.Duration;

/**
 * How hosts are looked at before a rollout, and what is still good enough.
 *
 * @param minimumFree how many bytes must be free at the deployment root and at each destination,
 *     beside twice what the revision holds; 0 or more
 * @param clockSkew by how much the clock of a host may be wrong
 * @param accounts whether owners and groups of the AppSpec must be there; not so when a script of
 *     the deployment makes them
 * @param within how long one host may take to answer
 * @param atOnce how many hosts are looked at together; 1 or more
 */
public record Preflight(
    long minimumFree, Duration clockSkew, boolean accounts, Duration within, int atOnce) {

  /** 64 MiB to spare, clocks that differ by a minute at most, 30 s for a host, 32 at once. */
  public static final Preflight DEFAULT =
      new Preflight(64L << 20, Duration.ofMinutes(1), true, Duration.ofSeconds(30), 32);

  /** Refuses numbers that make no sense. */
  public Preflight {
    if (minimumFree < 0) {
      throw new IllegalArgumentException("minimumFree must be at least 0, but was " + minimumFree);
    }
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("clockSkew must be at least zero, but was " + clockSkew);
    }
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("within must be more than zero, but was " + within);
    }
    if (atOnce < 1) {
      throw new IllegalArgumentException("atOnce must be at least 1, but was " + atOnce);
    }
  }
}
