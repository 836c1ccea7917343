package dev.slipway.spi.termination;

import dev.slipway.fleet.Host;
import java.util.List;

/**
 * Ends the original hosts of a blue/green deployment, which are out of traffic for good.
 *
 * <p>Thread-safe. What becomes of the hosts changes nothing of the deployment, which has succeeded.
 */
public interface HostTerminator {

  /**
   * Begins to end the hosts. Returns quickly: nobody waits until they are gone. May be called again
   * for hosts that are ended or gone.
   *
   * @param hosts at least one
   * @param key the same for the same intent, however often it is repeated
   * @throws dev.slipway.failure.DeployException if it refuses: the hosts stay. After any other
   *     exception it counts as away, and is asked again for an hour
   */
  void terminate(List<Host> hosts, String key);
}
