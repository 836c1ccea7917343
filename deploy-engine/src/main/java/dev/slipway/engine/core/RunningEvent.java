package dev.slipway.engine.core;

import dev.slipway.deployment.LifecycleEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle event that a host has been offered and has not ended.
 *
 * @param event which
 * @param attempt from 1
 * @param offeredAt when
 * @param acknowledgedAt when the host took it, or null if it has not yet
 * @param deadline until when it must be taken, or else over
 */
public record RunningEvent(
    LifecycleEvent event,
    int attempt,
    Instant offeredAt,
    @Nullable Instant acknowledgedAt,
    Instant deadline) {

  boolean is(LifecycleEvent otherEvent, int otherAttempt) {
    return event == otherEvent && attempt == otherAttempt;
  }

  RunningEvent acknowledged(Instant at, Instant newDeadline) {
    return new RunningEvent(event, attempt, offeredAt, at, newDeadline);
  }
}
