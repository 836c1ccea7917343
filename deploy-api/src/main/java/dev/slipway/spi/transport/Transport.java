package dev.slipway.spi.transport;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.fleet.Host;

/**
 * Brings lifecycle events to hosts.
 *
 * <p>Thread-safe. No method blocks: work goes on elsewhere, and its outcome comes through {@link
 * Reports}. A transport never decides and owns no deadline: the engine offers one event of a host
 * at a time, after it has committed the intent, and says when to give up. After a crash the engine
 * offers again what was in progress; a transport may reconnect and ask the host about a key, but a
 * host never runs a key twice.
 */
public interface Transport extends AutoCloseable {

  /**
   * Begins to bring the command to its host. Offering a key again only attaches the reports to it.
   *
   * @param reports where the outcome goes; a failure to reach the host goes there too
   */
  void offer(HostCommand command, Reports reports);

  /** Ends a command; its end is reported as usual. Does nothing for a key that is over. */
  void cancel(CommandKey key, CancelMode mode);

  /** The deployment is done with the host: connections and memory of it may go. */
  void release(DeploymentId deployment, Host host);

  /** Ends all connections; commands that are running on hosts go on. */
  @Override
  void close();
}
