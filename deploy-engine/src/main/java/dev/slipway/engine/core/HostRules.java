package dev.slipway.engine.core;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.fleet.HostId;
import java.util.List;

/**
 * How one host goes through its lifecycle: one event at a time, in order, and none after one that
 * failed and is not forgiven.
 */
final class HostRules {

  private final Deliberation deliberation;

  HostRules(Deliberation deliberation) {
    this.deliberation = deliberation;
  }

  /** Offers the first event to a host that has just started. */
  void begin(HostId host) {
    offer(host, 0, 1);
  }

  /** Goes on after the end of the event that a host runs. */
  void finish(HostState host, RunningEvent running, Diagnostics diagnostics) {
    LifecycleEventStatus status =
        diagnostics.isSuccess() ? LifecycleEventStatus.SUCCEEDED : LifecycleEventStatus.FAILED;
    note(host, running, status, diagnostics);
    RolloutDefinition.Lifecycle lifecycle = lifecycle();
    if (diagnostics.isSuccess() || lifecycle.forgives(running.event())) {
      goOn(host, lifecycle.events().indexOf(running.event()) + 1);
    } else if (running.attempt() < lifecycle.attemptsOf(running.event()) && !eventsBarred()) {
      offer(host.host().id(), lifecycle.events().indexOf(running.event()), running.attempt() + 1);
    } else {
      end(host, HostStatus.FAILED, Reasons.failed(running.event(), diagnostics));
    }
  }

  /** Fails a host because of what became of the event that it runs. */
  void fail(HostState host, RunningEvent running, HostStatus status, String reason) {
    LifecycleEventStatus eventStatus =
        status == HostStatus.UNREACHABLE && running.acknowledgedAt() != null
            ? LifecycleEventStatus.UNKNOWN
            : LifecycleEventStatus.FAILED;
    note(host, running, eventStatus, Diagnostics.unknownError(reason));
    end(host, status, running.event().wireName() + ": " + reason);
  }

  private void note(
      HostState host, RunningEvent running, LifecycleEventStatus status, Diagnostics diagnostics) {
    deliberation.note(
        new HostEventFinished(
            host.host().id(), running.event(), running.attempt(), status, diagnostics));
  }

  private void goOn(HostState host, int next) {
    List<LifecycleEvent> events = lifecycle().events();
    if (next == events.size()) {
      end(host, HostStatus.SUCCEEDED, "");
    } else if (eventsBarred()) {
      end(
          host,
          HostStatus.FAILED,
          "the deployment was ended before " + events.get(next).wireName());
    } else {
      offer(host.host().id(), next, 1);
    }
  }

  private void offer(HostId host, int index, int attempt) {
    List<LifecycleEvent> events = lifecycle().events();
    LifecycleEvent event = events.get(index);
    deliberation.note(
        new HostEventOffered(
            host,
            event,
            attempt,
            deliberation.at().plus(deliberation.definition().pace().clocks().acknowledgement())));
    deliberation.order(
        new Effect.Offer(host, event, attempt, events.subList(index + 1, events.size())));
  }

  private void end(HostState host, HostStatus status, String reason) {
    deliberation.note(new HostFinished(host.host().id(), status, reason));
    deliberation.order(new Effect.Release(host.host().id()));
  }

  private boolean eventsBarred() {
    return deliberation.state().ending().eventsBarred();
  }

  private RolloutDefinition.Lifecycle lifecycle() {
    return deliberation.definition().lifecycle();
  }
}
