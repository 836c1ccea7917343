package dev.slipway.engine.remote;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How something remote is called. {@link #INVENTORY}, {@link #STORE}, {@link #CHECKS} and {@link
 * #TRAFFIC} suit most; the {@code with} methods return policies that differ in one point.
 *
 * @param attempts how often a call is made that may be repeated, 1 or more
 * @param firstPause after the first failure; each further one in a row doubles it
 * @param longestPause what a pause never exceeds
 * @param jitter the share of a pause by which chance makes it shorter or longer, 0 to under 1
 * @param timeLimit of one attempt, which is interrupted then; null for none
 * @param failuresBeforeRest after how many failures in a row it is left alone for a while; 0 for
 *     never
 * @param rest for how long
 * @param callsPerSecond how many calls are begun in a second, while others wait; 0 for any number
 */
public record CallPolicy(
    int attempts,
    Duration firstPause,
    Duration longestPause,
    double jitter,
    @Nullable Duration timeLimit,
    int failuresBeforeRest,
    Duration rest,
    int callsPerSecond) {

  /** 3 attempts of 30 s with pauses from 0.5 s; 6 failures, 30 s of rest; no limit of rate. */
  public static final CallPolicy INVENTORY =
      new CallPolicy(
          3,
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          0.33,
          Duration.ofSeconds(30),
          6,
          Duration.ofSeconds(30),
          0);

  /** 3 attempts of 30 s with pauses from 0.5 s; 6 failures, 30 s of rest; no limit of rate. */
  public static final CallPolicy TRAFFIC = INVENTORY;

  /**
   * 3 attempts to read with pauses from 50 ms; 20 failures, 1 s of rest; no limits of time and
   * rate, because a store has its own. What writes is not repeated in place: the driver reads anew
   * first.
   */
  public static final CallPolicy STORE =
      new CallPolicy(
          3,
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          0.33,
          null,
          20,
          Duration.ofSeconds(1),
          0);

  /** Gates and alarms: 3 attempts of 20 s with pauses from 0.5 s; never left alone. */
  public static final CallPolicy CHECKS =
      new CallPolicy(
          3,
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          0.33,
          Duration.ofSeconds(20),
          0,
          Duration.ofSeconds(30),
          0);

  /** Refuses numbers that make no sense. */
  public CallPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, but was " + attempts);
    }
    requirePositive("firstPause", firstPause);
    requirePositive("rest", rest);
    if (timeLimit != null) {
      requirePositive("timeLimit", timeLimit);
    }
    if (longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "longestPause must be at least firstPause (" + firstPause + "), but was " + longestPause);
    }
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException("jitter must be 0 to under 1, but was " + jitter);
    }
    if (failuresBeforeRest < 0 || callsPerSecond < 0) {
      throw new IllegalArgumentException(
          "failuresBeforeRest and callsPerSecond must be at least 0, but were %d and %d"
              .formatted(failuresBeforeRest, callsPerSecond));
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, but was " + duration);
    }
  }

  /** Returns a policy with another number of attempts. */
  public CallPolicy withAttempts(int number) {
    return new CallPolicy(
        number,
        firstPause,
        longestPause,
        jitter,
        timeLimit,
        failuresBeforeRest,
        rest,
        callsPerSecond);
  }

  /** Returns a policy with pauses from the one to the other, and that share of chance. */
  public CallPolicy withPauses(Duration first, Duration longest, double share) {
    return new CallPolicy(
        attempts, first, longest, share, timeLimit, failuresBeforeRest, rest, callsPerSecond);
  }

  /** Returns a policy with another limit of one attempt, null for none. */
  public CallPolicy withTimeLimit(@Nullable Duration limit) {
    return new CallPolicy(
        attempts,
        firstPause,
        longestPause,
        jitter,
        limit,
        failuresBeforeRest,
        rest,
        callsPerSecond);
  }

  /** Returns a policy that leaves it alone for that long after so many failures in a row. */
  public CallPolicy withRest(int failures, Duration duration) {
    return new CallPolicy(
        attempts, firstPause, longestPause, jitter, timeLimit, failures, duration, callsPerSecond);
  }

  /** Returns a policy that begins at most so many calls a second. */
  public CallPolicy withCallsPerSecond(int calls) {
    return new CallPolicy(
        attempts, firstPause, longestPause, jitter, timeLimit, failuresBeforeRest, rest, calls);
  }
}
