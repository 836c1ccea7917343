package dev.slipway.config;

import dev.slipway.failure.RequestException;

/**
 * The floor: how many hosts of a fleet must stay healthy. What the fleet has beyond the floor is
 * both how many may be off at once and how many may fail in all.
 *
 * @param type what {@code value} counts
 * @param value HOST_COUNT: 0 or more hosts; FLEET_PERCENT: 0 to 99; MOST_CONCURRENCY: 1 or more
 *     hosts off at once
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html">CodeDeploy
 *     user guide, instance health</a>
 */
public record MinimumHealthyHosts(Type type, int value) {

  /** What the value of a floor counts. */
  public enum Type {
    /** Hosts that stay healthy. */
    HOST_COUNT,
    /** Percent of the fleet that stays healthy, rounded up to whole hosts. */
    FLEET_PERCENT,
    /** Hosts that may be off at once; only CodeDeploy's own OneAtATime has it. */
    MOST_CONCURRENCY
  }

  /**
   * Checks the range.
   *
   * @throws RequestException when the value is out of range for the type
   */
  public MinimumHealthyHosts {
    switch (type) {
      case HOST_COUNT -> {
        if (value < 0) {
          throw new RequestException(
              "minimumHealthyHosts of type HOST_COUNT must be 0 or more hosts, but was " + value);
        }
      }
      case FLEET_PERCENT -> {
        if (value < 0 || value > 99) {
          throw new RequestException(
              "minimumHealthyHosts of type FLEET_PERCENT must be 0 to 99, but was "
                  + value
                  + (value == 100 ? " (100 would leave no host that may be off)" : ""));
        }
      }
      case MOST_CONCURRENCY -> {
        if (value < 1) {
          throw new RequestException(
              "minimumHealthyHosts of type MOST_CONCURRENCY must be 1 or more hosts, but was "
                  + value);
        }
      }
    }
  }

  /** A floor of so many hosts, 0 or more. */
  public static MinimumHealthyHosts hostCount(int hosts) {
    return new MinimumHealthyHosts(Type.HOST_COUNT, hosts);
  }

  /** A floor of so many percent of the fleet, 0 to 99, rounded up to whole hosts. */
  public static MinimumHealthyHosts percent(int percent) {
    return new MinimumHealthyHosts(Type.FLEET_PERCENT, percent);
  }

  /** A floor that leaves so many hosts, 1 or more, to be off at once. */
  public static MinimumHealthyHosts mostConcurrency(int hosts) {
    return new MinimumHealthyHosts(Type.MOST_CONCURRENCY, hosts);
  }

  /**
   * How many hosts of a fleet must stay healthy. May be the whole fleet or more: such a rollout
   * cannot start.
   *
   * @param fleetSize hosts in the fleet, 0 or more
   */
  public int requiredOf(int fleetSize) {
    if (fleetSize < 0) {
      throw new IllegalArgumentException("fleetSize must be 0 or more, but was " + fleetSize);
    }
    return switch (type) {
      case HOST_COUNT -> value;
      case FLEET_PERCENT -> Math.toIntExact(((long) fleetSize * value + 99) / 100);
      case MOST_CONCURRENCY -> Math.max(fleetSize - value, 0);
    };
  }

  /** The floor in words, such as {@code "50 % of the fleet"}. */
  public String inWords() {
    return switch (type) {
      case HOST_COUNT -> value + (value == 1 ? " host" : " hosts");
      case FLEET_PERCENT -> value + " % of the fleet";
      case MOST_CONCURRENCY -> "all but " + value;
    };
  }
}
