package dev.slipway.spi.termination;

/** Makes a terminator of the parameters in its reference. */
@FunctionalInterface
public interface HostTerminatorFactory {

  /**
   * Returns the terminator.
   *
   * @throws dev.slipway.failure.RequestException if the parameters make no sense
   */
  HostTerminator create(String parameters);
}
