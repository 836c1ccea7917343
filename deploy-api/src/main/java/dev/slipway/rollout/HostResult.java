package dev.slipway.rollout;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;
import org.jspecify.annotations.Nullable;

/**
 * How a host fared.
 *
 * @param host which
 * @param status how it ended
 * @param failedEvent the event that failed, or null
 * @param reason in words, empty when it succeeded
 * @param diagnostics what the host said of the failed event, or null
 */
public record HostResult(
    HostId host,
    HostStatus status,
    @Nullable LifecycleEvent failedEvent,
    String reason,
    @Nullable Diagnostics diagnostics) {}
