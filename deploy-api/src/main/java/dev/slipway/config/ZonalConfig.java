package dev.slipway.config;

import dev.slipway.failure.RequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One zone after the other, with a floor of its own in each and a pause behind each but the last.
 *
 * @param firstZoneMonitor the pause after the first zone, whole seconds, zero for none
 * @param monitor the pause after each later zone but the last, whole seconds, zero for none
 * @param minimumHealthyHostsPerZone the floor within a zone; HOST_COUNT or FLEET_PERCENT
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ZonalConfig.html">CodeDeploy
 *     API reference, ZonalConfig</a>
 */
public record ZonalConfig(
    Duration firstZoneMonitor, Duration monitor, MinimumHealthyHosts minimumHealthyHostsPerZone) {

  /** What CodeDeploy takes when no floor per zone is given: none. */
  public static final MinimumHealthyHosts NO_FLOOR_PER_ZONE = MinimumHealthyHosts.percent(0);

  /**
   * Checks the pauses and the floor.
   *
   * @throws RequestException for a negative or broken second, or a floor of type MOST_CONCURRENCY
   */
  public ZonalConfig {
    check("monitorDurationInSeconds", monitor);
    check("firstZoneMonitorDurationInSeconds", firstZoneMonitor);
    if (minimumHealthyHostsPerZone.type() == MinimumHealthyHosts.Type.MOST_CONCURRENCY) {
      throw new RequestException(
          "minimumHealthyHostsPerZone must be of type HOST_COUNT or FLEET_PERCENT, but was "
              + minimumHealthyHostsPerZone.type());
    }
  }

  /**
   * A zonal configuration as CodeDeploy reads it: the pause after the first zone is that of the
   * others unless it is given, no pause at all when neither is, and no floor per zone unless one is
   * given.
   */
  public static ZonalConfig of(
      @Nullable Duration firstZoneMonitor,
      @Nullable Duration monitor,
      @Nullable MinimumHealthyHosts minimumHealthyHostsPerZone) {
    Duration later = monitor == null ? Duration.ZERO : monitor;
    return new ZonalConfig(
        firstZoneMonitor == null ? later : firstZoneMonitor,
        later,
        minimumHealthyHostsPerZone == null ? NO_FLOOR_PER_ZONE : minimumHealthyHostsPerZone);
  }

  /**
   * How long to watch after a zone.
   *
   * @param zone which zone in order, from 0
   * @param zones how many there are
   */
  public Duration monitorAfter(int zone, int zones) {
    if (zone >= zones - 1) {
      return Duration.ZERO;
    }
    return zone == 0 ? firstZoneMonitor : monitor;
  }

  private static void check(String key, Duration pause) {
    if (pause.isNegative() || pause.toMillis() % 1000 != 0) {
      throw new RequestException(key + " must be whole seconds, 0 or more, but was " + pause);
    }
  }
}
