package dev.slipway.spi.gate;

import dev.slipway.failure.RequestException;

/** Makes a gate of the parameters in its reference. */
@FunctionalInterface
public interface GateFactory {

  /**
   * Returns the gate.
   *
   * @throws RequestException if the parameters make no sense
   */
  HealthGate create(String parameters);
}
