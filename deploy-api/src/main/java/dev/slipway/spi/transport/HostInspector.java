package dev.slipway.spi.transport;

import dev.slipway.fleet.Host;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A transport that can look at a host before it is deployed to. A {@link Transport} implements it
 * beside the other when it can.
 *
 * <p>Thread-safe. Looking changes nothing on the host.
 */
public interface HostInspector {

  /**
   * Begins to look at a host. Returns at once.
   *
   * @param host which
   * @param needs what a deployment would need there
   * @param within how long the answer is waited for; what is still going on then may be broken off
   * @return what was found; a host that cannot be reached is found with that defect
   */
  CompletionStage<HostCondition> inspect(Host host, HostNeeds needs, Duration within);
}
