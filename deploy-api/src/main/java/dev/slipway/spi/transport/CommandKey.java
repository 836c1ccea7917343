package dev.slipway.spi.transport;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;

/**
 * What makes a command the same command: a host runs each key at most once, whatever crashes. It
 * never holds an owner or a time.
 *
 * @param deployment the deployment
 * @param host the host
 * @param event the lifecycle event
 * @param attempt from 1
 */
public record CommandKey(DeploymentId deployment, HostId host, LifecycleEvent event, int attempt) {

  /** Refuses an attempt under 1. */
  public CommandKey {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt must be at least 1, but was " + attempt);
    }
  }

  /** Returns {@code deployment/host/event/attempt}. */
  @Override
  public String toString() {
    return deployment + "/" + host + "/" + event.wireName() + "/" + attempt;
  }
}
