package dev.slipway.strategy;

import dev.slipway.failure.RequestException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a wave reaches: how many hosts of the fleet have been started when it is done, those of
 * the waves before included.
 *
 * @param unit what {@code value} counts
 * @param value HOSTS: 1 or more; PERCENT: 1 to 100; REST: 100
 */
public record WaveSize(Unit unit, int value) {

  /** What the value of a wave counts. */
  public enum Unit {
    /** Hosts. */
    HOSTS,
    /** Percent of the fleet, rounded up to whole hosts. */
    PERCENT,
    /** The whole fleet. */
    REST
  }

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})\\s?(%)?");
  private static final WaveSize WHOLE_FLEET = new WaveSize(Unit.REST, 100);

  /**
   * Checks the range.
   *
   * @throws RequestException when the value is out of range for the unit
   */
  public WaveSize {
    boolean inRange =
        switch (unit) {
          case HOSTS -> value >= 1;
          case PERCENT -> value >= 1 && value <= 100;
          case REST -> value == 100;
        };
    if (!inRange) {
      throw new RequestException(
          "a wave is 1 or more hosts, 1 to 100 % of the fleet, or the rest, but was "
              + value
              + (unit == Unit.PERCENT ? "%" : ""));
    }
  }

  /** Up to so many hosts in all, 1 or more. */
  public static WaveSize count(int hosts) {
    return new WaveSize(Unit.HOSTS, hosts);
  }

  /** Up to so many percent of the fleet in all, 1 to 100, rounded up to whole hosts. */
  public static WaveSize percent(int percent) {
    return new WaveSize(Unit.PERCENT, percent);
  }

  /** All that is left. */
  public static WaveSize rest() {
    return WHOLE_FLEET;
  }

  /**
   * Reads {@code 1}, {@code 5%} or {@code rest}.
   *
   * @throws RequestException for any other text
   */
  public static WaveSize parse(String text) {
    String trimmed = text.strip();
    if (trimmed.equals("rest")) {
      return rest();
    }
    Matcher matcher = TEXT.matcher(trimmed);
    if (!matcher.matches()) {
      throw new RequestException(
          "a wave is a number of hosts such as 1, a percentage such as 5%, or rest, but was '"
              + text
              + "'");
    }
    int value = Integer.parseInt(matcher.group(1));
    return matcher.group(2) == null ? count(value) : percent(value);
  }

  /**
   * How many hosts have been started when the wave is done, at most the whole fleet.
   *
   * @param fleetSize hosts in the fleet, 0 or more
   */
  public int reachOf(int fleetSize) {
    return switch (unit) {
      case HOSTS -> Math.min(value, fleetSize);
      case PERCENT -> Math.toIntExact(((long) fleetSize * value + 99) / 100);
      case REST -> fleetSize;
    };
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return switch (unit) {
      case HOSTS -> Integer.toString(value);
      case PERCENT -> value + "%";
      case REST -> "rest";
    };
  }
}
