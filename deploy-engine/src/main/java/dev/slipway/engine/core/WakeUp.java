package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.StopRequested;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When something falls due in a rollout of which nothing is heard. */
final class WakeUp {

  private WakeUp() {}

  /** The earliest deadline, or null when there is none because nothing runs. */
  static @Nullable Instant of(RolloutState state) {
    if (state.status() != DeploymentStatus.IN_PROGRESS) {
      return null;
    }
    Instant earliest = state.fleet().hosts().deadline();
    earliest = earlier(earliest, endingDeadline(state));
    if (!state.ending().isDraining() && state.counts().inFlight() == 0) {
      earliest = earlier(earliest, pause(state));
    }
    RolloutHeld hold = state.course().hold();
    if (!state.ending().isDraining() && hold != null && hold.until() != null) {
      earliest = earlier(earliest, hold.until());
    }
    return earliest;
  }

  private static Instant pause(RolloutState state) {
    Instant until = state.course().zone().pauseUntil();
    return until.isAfter(state.course().at()) ? until : Instant.MAX;
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
