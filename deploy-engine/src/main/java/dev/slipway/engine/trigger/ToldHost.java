package dev.slipway.engine.trigger;

import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What messages say of a host. Not thread-safe. */
final class ToldHost {

  private final Map<LifecycleEvent, Run> runs = new LinkedHashMap<>();
  private HostStatus status = HostStatus.PENDING;
  private Instant updatedAt = Instant.EPOCH;

  /**
   * One lifecycle event.
   *
   * @param event which
   * @param status how it stands
   * @param start when it began
   * @param end when it ended, or null
   */
  record Run(
      LifecycleEvent event, LifecycleEventStatus status, Instant start, @Nullable Instant end) {}

  void is(HostStatus now, Instant at) {
    status = now;
    updatedAt = at;
  }

  void began(LifecycleEvent event, Instant at) {
    runs.put(event, new Run(event, LifecycleEventStatus.IN_PROGRESS, at, null));
    updatedAt = at;
  }

  void ended(LifecycleEvent event, LifecycleEventStatus how, Instant at) {
    Run began = runs.get(event);
    runs.put(event, new Run(event, how, began == null ? at : began.start(), at));
    updatedAt = at;
  }

  HostStatus status() {
    return status;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  List<Run> runs() {
    return List.copyOf(runs.values());
  }
}
