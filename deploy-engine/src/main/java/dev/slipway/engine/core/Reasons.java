package dev.slipway.engine.core;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.HostLost;

/** Why hosts and rollouts fail, in words. */
final class Reasons {

  private Reasons() {}

  static String failed(LifecycleEvent event, Diagnostics diagnostics) {
    StringBuilder text = new StringBuilder(event.wireName()).append(": ");
    text.append(diagnostics.errorCode().wireName());
    if (!diagnostics.scriptName().isEmpty()) {
      text.append(' ').append(diagnostics.scriptName());
    }
    if (!diagnostics.message().isEmpty()) {
      text.append(", ").append(diagnostics.message());
    }
    return text.toString();
  }

  static String lost(HostLost lost) {
    return lost.reason() + ", " + lost.message();
  }

  /** The numbers of a rollout, and its first failure: what an error message must carry. */
  static String numbers(RolloutState state) {
    Numbers numbers = state.numbers();
    Counts counts = state.counts();
    String text =
        "%d of %d hosts failed, %d succeeded; at least %d must stay healthy, so at most %d may fail"
            .formatted(
                counts.failed(),
                numbers.hosts(),
                counts.succeeded(),
                numbers.minimumHealthy(),
                numbers.failureBudget());
    if (numbers.minimumHealthy() == 0) {
      // A rollout without a floor fails all the same when no host has taken the revision.
      text += ", and one must succeed";
    }
    if (counts.unreachable() > 0) {
      text += "; " + counts.unreachable() + " of the failed could not be reached";
    }
    if (counts.pending() > 0) {
      text += "; " + counts.pending() + " were not started";
    }
    HostState first = state.fleet().firstFailure();
    return first == null
        ? text
        : text + ". First failure: " + first.host().id() + ", " + first.reason();
  }
}
