package dev.slipway.spi.alarm;

import java.util.Map;
import java.util.Set;

/**
 * Knows how alarms stand.
 *
 * <p>Called on threads of the engine, by several at once. An exception, or an answer that takes too
 * long, is asked for again within limits, and then means that the alarms cannot be read.
 */
@FunctionalInterface
public interface AlarmSource {

  /**
   * Returns the state of each of these alarms. One that is missing in the answer cannot be read.
   */
  Map<String, AlarmState> read(Set<String> alarms);
}
