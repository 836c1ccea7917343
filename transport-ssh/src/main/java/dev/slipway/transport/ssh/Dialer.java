package dev.slipway.transport.ssh;

import dev.slipway.fleet.Host;
import java.io.Closeable;

/** Starts runners on hosts. Thread-safe. */
interface Dialer extends Closeable {

  /**
   * Reaches a host and starts its runner. Blocks.
   *
   * @throws LinkFailure if the host cannot be reached
   */
  RunnerLink dial(Host host, HostSettings settings, RunnerRequest request) throws LinkFailure;

  /** Looks whether connections that no runner uses still live. */
  default void probe() {}

  /** Ends connections that no runner has used for too long. */
  default void expire() {}

  /** Ends all connections that no runner uses. */
  @Override
  default void close() {}
}
