package dev.slipway.spi.traffic;

/** Makes a traffic control of the parameters in its reference. */
@FunctionalInterface
public interface TrafficControlFactory {

  /**
   * Returns the control.
   *
   * @throws dev.slipway.failure.RequestException if the parameters make no sense
   */
  TrafficControl create(String parameters);
}
