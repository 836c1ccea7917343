package dev.slipway.spi.termination;

import dev.slipway.fleet.Host;
import java.util.List;

/**
 * Ends the original hosts of a blue/green deployment, which are out of traffic. What becomes of
 * them changes nothing of the deployment, which succeeds.
 *
 * <p>Thread-safe: it may be called again while an earlier call has not returned.
 */
public interface HostTerminator {

  /**
   * Begins to end the hosts. Returns quickly: nobody waits until they are gone. May be called again
   * for hosts that are ended or gone.
   *
   * @param hosts at least one
   * @param key the same for the same intent, however often it is repeated
   * @throws dev.slipway.failure.DeployException if it refuses: the hosts stay. After any other
   *     exception it counts as away, and is told again, once a minute, 60 times at most
   */
  void terminate(List<Host> hosts, String key);
}
