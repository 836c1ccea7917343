package dev.slipway.engine.core;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.spi.transport.CancelMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What runs of a lifecycle event on many hosts have in common, which is all but their instants. */
record RunKind(
    LifecycleEvent event,
    int attempt,
    LifecycleEventStatus status,
    Diagnostics diagnostics,
    @Nullable CancelMode cancelled) {

  static RunKind of(EventRun run) {
    return new RunKind(
        run.event(), run.attempt(), run.status(), run.diagnostics(), run.cancelled());
  }

  EventRun at(Instant startedAt, Instant endedAt) {
    return new EventRun(event, attempt, status, startedAt, endedAt, diagnostics, cancelled);
  }
}
