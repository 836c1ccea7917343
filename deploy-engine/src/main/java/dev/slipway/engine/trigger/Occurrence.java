package dev.slipway.engine.trigger;

import dev.slipway.domain.TriggerEventType;
import dev.slipway.fleet.HostId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that triggers tell of.
 *
 * @param type what
 * @param at when
 * @param host of which host, or null for the deployment
 */
record Occurrence(TriggerEventType type, Instant at, @Nullable HostId host) {}
