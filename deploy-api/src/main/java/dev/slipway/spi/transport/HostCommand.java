package dev.slipway.spi.transport;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import java.time.Duration;
import java.util.List;

/**
 * One lifecycle event that a host shall run.
 *
 * @param key what makes it the same command
 * @param generation of the host's lock: a host refuses a lower one than it has seen for this
 *     deployment group
 * @param host where
 * @param work of which deployment
 * @param next the events that will follow on this host if all goes well, in order: a hint, so that
 *     a transport may keep its connection
 * @param timeout how long the event may run in all
 */
public record HostCommand(
    CommandKey key,
    long generation,
    Host host,
    DeploymentWork work,
    List<LifecycleEvent> next,
    Duration timeout) {

  /** Copies the list in. */
  public HostCommand {
    next = List.copyOf(next);
  }
}
