package dev.slipway.rollout;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;
import java.time.Instant;

/**
 * A host that is busy with a lifecycle event.
 *
 * @param host which
 * @param event which event
 * @param attempt from 1
 * @param since when it was offered
 * @param acknowledged whether the host has taken it
 * @param deadline when it is given up
 */
public record RunningHost(
    HostId host,
    LifecycleEvent event,
    int attempt,
    Instant since,
    boolean acknowledged,
    Instant deadline) {}
