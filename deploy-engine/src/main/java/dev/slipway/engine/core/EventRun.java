package dev.slipway.engine.core;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.spi.transport.CancelMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lifecycle event that is over on a host.
 *
 * @param event which
 * @param attempt from 1
 * @param status how it ended
 * @param startedAt when it was offered
 * @param endedAt when its end became known
 * @param diagnostics what the host says of it
 * @param cancelled how it was ended, if that was because its time was over; null otherwise
 */
public record EventRun(
    LifecycleEvent event,
    int attempt,
    LifecycleEventStatus status,
    Instant startedAt,
    Instant endedAt,
    Diagnostics diagnostics,
    @Nullable CancelMode cancelled) {}
