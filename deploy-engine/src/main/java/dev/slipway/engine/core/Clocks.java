package dev.slipway.engine.core;

import java.time.Duration;

/**
 * How long things may take. The defaults are CodeDeploy's.
 *
 * @param acknowledgement from the offer of a lifecycle event until the host has taken it
 * @param event from then until it is over
 * @param rollout the whole rollout
 * @param forcedEnd from the order to end a running event by force until the host is given up
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html">CodeDeploy
 *     user guide, quotas</a>
 */
public record Clocks(
    Duration acknowledgement, Duration event, Duration rollout, Duration forcedEnd) {

  /** CodeDeploy's: 5 minutes, 1 hour, 12 hours; and 10 s to end a script. */
  public static final Clocks DEFAULT =
      new Clocks(
          Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(12), Duration.ofSeconds(10));

  /** CodeDeploy's for blue/green deployments, which may take 109 hours. */
  public static final Clocks BLUE_GREEN =
      new Clocks(DEFAULT.acknowledgement, DEFAULT.event, Duration.ofHours(109), DEFAULT.forcedEnd);

  /** Refuses a duration that is not positive. */
  public Clocks {
    check("acknowledgement", acknowledgement);
    check("event", event);
    check("rollout", rollout);
    check("forcedEnd", forcedEnd);
  }

  private static void check(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be more than 0, but was " + duration);
    }
  }
}
