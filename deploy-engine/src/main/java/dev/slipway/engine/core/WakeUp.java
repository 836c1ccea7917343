package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.StopRequested;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When something falls due in a rollout of which nothing is heard. */
final class WakeUp {

  private WakeUp() {}

  /**
   * The earliest instant after now at which something falls due, or null when nothing does because
   * nothing runs.
   */
  static @Nullable Instant of(RolloutState state, Instant now) {
    if (state.status() != DeploymentStatus.IN_PROGRESS) {
      return null;
    }
    Instant earliest = earlier(state.fleet().hosts().deadline(), endingDeadline(state));
    if (state.ending().isDraining() || state.pause() != null) {
      return earliest;
    }
    Instant pause = state.course().zone().pauseUntil();
    if (pause.isAfter(now)) {
      earliest = earlier(earliest, pause);
    }
    RolloutHeld hold = state.course().hold();
    if (hold != null && hold.until() != null && hold.until().isAfter(now)) {
      earliest = earlier(earliest, hold.until());
    }
    return earliest;
  }

  /** When the rollout has taken too long, or its draining has. */
  private static Instant endingDeadline(RolloutState state) {
    RolloutState.Ending ending = state.ending();
    StopRequested stop = ending.stop();
    if (ending.abandonAt() != null) {
      return ending.abandonAt();
    }
    if (stop != null) {
      return stop.forceAt() == null ? Instant.MAX : stop.forceAt();
    }
    return ending.eventsBarred() ? Instant.MAX : state.course().deadline();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
