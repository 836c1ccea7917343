package dev.slipway.transport.ssh;

import java.time.Duration;

/**
 * How connections to hosts are begun and, when they fail, begun again. {@link #DEFAULTS} suits
 * most; the {@code with} methods return policies that differ in one point. A host is tried until
 * the engine lets go of it: how long that is, is not decided here.
 *
 * @param firstPause after the first failure; each further one in a row doubles it
 * @param longestPause what a pause never exceeds
 * @param jitter the share of a pause by which chance makes it shorter or longer, 0 to under 1, so
 *     that hosts which were lost together are not tried together
 * @param failuresBeforeRest after how many failures in a row a host is left alone for a while,
 *     whatever deployment wants it; 0 for never
 * @param rest for how long
 * @param startsPerSecond how many connections are begun in a second, to all hosts together, as it
 *     may be needed where they share a bastion or a firewall; 0 for as many as there are threads
 * @param idle how long a connection is kept for the next deployment when one has ended, up to twice
 *     as long; zero not to keep any
 * @param hostsPerJump how many hosts share a connection to a server on the way to them, at least 1
 */
public record ConnectionPolicy(
    Duration firstPause,
    Duration longestPause,
    double jitter,
    int failuresBeforeRest,
    Duration rest,
    int startsPerSecond,
    Duration idle,
    int hostsPerJump) {

  /**
   * Pauses of 0.5 s to 30 s, a third more or less; 10 failures, 30 s of rest; no limit of rate;
   * connections are kept for 60 s, and 32 hosts share one to a server on the way.
   */
  public static final ConnectionPolicy DEFAULTS =
      new ConnectionPolicy(
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          0.33,
          10,
          Duration.ofSeconds(30),
          0,
          Duration.ofSeconds(60),
          32);

  private static final int MOST_STARTS = 1_000_000;

  /** Refuses numbers that make no sense. */
  public ConnectionPolicy {
    requirePositive("firstPause", firstPause);
    requirePositive("rest", rest);
    if (longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "longestPause must be at least firstPause (" + firstPause + "), but was " + longestPause);
    }
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException("jitter must be 0 to under 1, but was " + jitter);
    }
    if (failuresBeforeRest < 0) {
      throw new IllegalArgumentException(
          "failuresBeforeRest must be at least 0, but was " + failuresBeforeRest);
    }
    if (startsPerSecond < 0 || startsPerSecond > MOST_STARTS) {
      throw new IllegalArgumentException(
          "startsPerSecond must be 0 to " + MOST_STARTS + ", but was " + startsPerSecond);
    }
    if (idle.isNegative() || (!idle.isZero() && idle.toMillis() == 0)) {
      throw new IllegalArgumentException("idle must be 0 or at least 1 ms, but was " + idle);
    }
    if (hostsPerJump < 1) {
      throw new IllegalArgumentException(
          "hostsPerJump must be at least 1, but was " + hostsPerJump);
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, but was " + duration);
    }
  }

  /** Returns a policy with pauses from the one to the other. */
  public ConnectionPolicy withPauses(Duration first, Duration longest) {
    return new ConnectionPolicy(
        first, longest, jitter, failuresBeforeRest, rest, startsPerSecond, idle, hostsPerJump);
  }

  /** Returns a policy in which chance changes pauses by up to this share. */
  public ConnectionPolicy withJitter(double share) {
    return new ConnectionPolicy(
        firstPause,
        longestPause,
        share,
        failuresBeforeRest,
        rest,
        startsPerSecond,
        idle,
        hostsPerJump);
  }

  /** Returns a policy that leaves a host alone for that long after so many failures in a row. */
  public ConnectionPolicy withRest(int failures, Duration duration) {
    return new ConnectionPolicy(
        firstPause, longestPause, jitter, failures, duration, startsPerSecond, idle, hostsPerJump);
  }

  /** Returns a policy that begins at most so many connections a second. */
  public ConnectionPolicy withStartsPerSecond(int starts) {
    return new ConnectionPolicy(
        firstPause, longestPause, jitter, failuresBeforeRest, rest, starts, idle, hostsPerJump);
  }

  /** Returns a policy that keeps a connection for that long when a deployment has ended. */
  public ConnectionPolicy withIdle(Duration duration) {
    return new ConnectionPolicy(
        firstPause,
        longestPause,
        jitter,
        failuresBeforeRest,
        rest,
        startsPerSecond,
        duration,
        hostsPerJump);
  }

  /** Returns a policy in which so many hosts share a connection to a server on the way. */
  public ConnectionPolicy withHostsPerJump(int hosts) {
    return new ConnectionPolicy(
        firstPause, longestPause, jitter, failuresBeforeRest, rest, startsPerSecond, idle, hosts);
  }
}
