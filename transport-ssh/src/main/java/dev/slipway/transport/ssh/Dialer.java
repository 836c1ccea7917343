package dev.slipway.transport.ssh;

import dev.slipway.fleet.Host;

/** Starts runners on hosts. Thread-safe. */
interface Dialer {

  /**
   * Reaches a host and starts its runner. Blocks.
   *
   * @throws LinkFailure if the host cannot be reached
   */
  RunnerLink dial(Host host, HostSettings settings, RunnerRequest request) throws LinkFailure;
}
