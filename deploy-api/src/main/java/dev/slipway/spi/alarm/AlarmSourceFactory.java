package dev.slipway.spi.alarm;

import dev.slipway.failure.RequestException;

/** Makes a source of alarms of the parameters in its reference. */
@FunctionalInterface
public interface AlarmSourceFactory {

  /**
   * Returns the source.
   *
   * @throws RequestException if the parameters make no sense
   */
  AlarmSource create(String parameters);
}
