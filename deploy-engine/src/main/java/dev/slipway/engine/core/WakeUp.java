package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.StopRequested;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When something falls due in a rollout of which nothing is heard. */
final class WakeUp {

  /** How soon it is looked at again although it waits for somebody, and nothing falls due. */
  private static final Duration AT_THE_LATEST = Duration.ofDays(1);

  private WakeUp() {}

  /**
   * The earliest instant after now at which something falls due, or at which it is looked at again
   * in any case; null when it has not begun or is over.
   */
  static @Nullable Instant of(RolloutState state, Instant now) {
    Instant due = due(state, now);
    return due == null ? null : earlier(due, now.plus(AT_THE_LATEST));
  }

  private static @Nullable Instant due(RolloutState state, Instant now) {
    if (state.status() == DeploymentStatus.READY) {
      Instant until = state.switchover().waitUntil();
      return until == null ? null : earlier(until, guards(state, now));
    }
    if (state.status() != DeploymentStatus.IN_PROGRESS) {
      return null;
    }
    Instant earliest = earlier(state.fleet().hosts().deadline(), endingDeadline(state));
    earliest = earlier(earliest, state.traffic().lookAt());
    Watch.WindowState window = state.watch().window();
    if (window != null && window.until() != null && !state.ending().eventsBarred()) {
      earliest = earlier(earliest, window.until());
    }
    if (state.ending().isDraining()) {
      return earliest;
    }
    Termination termination = state.switchover().termination();
    if (state.switchover().isFinal() && termination != null) {
      return earlier(earliest, termination.due());
    }
    earliest = earlier(earliest, guards(state, now));
    if (state.pause() != null) {
      return earliest;
    }
    if (termination != null) {
      earliest = earlier(earliest, termination.due());
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
    boolean isTimeless =
        ending.eventsBarred() || state.isTimeStopped() || state.switchover().isFinal();
    return isTimeless ? Instant.MAX : state.course().deadline();
  }

  /** When something that it waits for beside its hosts is to be seen to. */
  private static Instant guards(RolloutState state, Instant now) {
    Watch watch = state.watch();
    Instant earliest = Instant.MAX;
    if (watch.alarms() != null) {
      earliest = earlier(earliest, watch.alarms().due());
    }
    if (watch.pulseBy() != null && watch.pulseBy().isAfter(now)) {
      earliest = earlier(earliest, watch.pulseBy());
    }
    Stand stand = watch.stand();
    if (stand == null) {
      return earliest;
    }
    if (stand.bakeUntil().isAfter(now)) {
      earliest = earlier(earliest, stand.bakeUntil());
    }
    if (stand.approveBy() != null) {
      earliest = earlier(earliest, stand.approveBy());
    }
    for (Check gate : stand.gates()) {
      earliest = earlier(earliest, gate.due());
    }
    return earliest;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
