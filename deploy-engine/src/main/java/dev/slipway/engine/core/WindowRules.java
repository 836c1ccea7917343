package dev.slipway.engine.core;

import dev.slipway.event.WindowClosed;
import dev.slipway.event.WindowOpened;
import dev.slipway.guard.DeploymentWindows;
import java.time.Instant;

/** When the deployment window opens and closes, and what that does to hosts in flight. */
final class WindowRules {

  private final Deliberation deliberation;
  private final HostRules hosts;

  WindowRules(Deliberation deliberation, HostRules hosts) {
    this.deliberation = deliberation;
    this.hosts = hosts;
  }

  /** Closes it, if it is due: nothing that comes in later is done in a window that was open. */
  void close(Instant now) {
    DeploymentWindows windows = deliberation.definition().guards().windows();
    if (windows != null && !windows.isOpen(now)) {
      pass(now);
    }
  }

  /**
   * Looks whether it has changed; each change is looked at once, when it is due. A rollout that
   * fails has hosts in flight that go on to their end when it opens.
   */
  void pass(Instant now) {
    RolloutState state = deliberation.state();
    DeploymentWindows windows = state.definition().guards().windows();
    if (windows == null || !state.isInProgress() || state.ending().eventsBarred()) {
      return;
    }
    Watch.WindowState known = state.watch().window();
    boolean isDue = known == null || (known.until() != null && !known.until().isAfter(now));
    if (!isDue) {
      return;
    }
    Instant until = windows.nextChange(now).orElse(null);
    if (windows.isOpen(now)) {
      boolean wasDraining = known != null && known.isClosed() && known.drains();
      deliberation.note(new WindowOpened(until));
      if (wasDraining) {
        hosts.goOnBetweenEvents();
      }
    } else {
      deliberation.note(
          new WindowClosed(
              why(windows, now), until, windows.running() == DeploymentWindows.Running.DRAIN));
    }
  }

  private static String why(DeploymentWindows windows, Instant now) {
    return windows
        .freezeAt(now)
        .map(
            freeze ->
                "there is a freeze until %s%s"
                    .formatted(
                        freeze.to(), freeze.reason().isEmpty() ? "" : ": " + freeze.reason()))
        .orElse("the deployment window is closed");
  }
}
