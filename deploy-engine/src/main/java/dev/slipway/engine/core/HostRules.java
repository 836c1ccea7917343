package dev.slipway.engine.core;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.HostReady;
import dev.slipway.fleet.HostId;
import java.time.Duration;
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

  /** Goes on with a host that has waited for the traffic switch. */
  void goOnAfterSwitch(HostId host) {
    offer(host, eventsOf(host).indexOf(LifecycleEvent.BEFORE_ALLOW_TRAFFIC), 1);
  }

  /** Goes on after the end of the event that a host runs. */
  void finish(HostState host, RunningEvent running, Diagnostics diagnostics) {
    LifecycleEventStatus status =
        diagnostics.isSuccess() ? LifecycleEventStatus.SUCCEEDED : LifecycleEventStatus.FAILED;
    note(host, running, status, diagnostics);
    goOnAfter(host.host().id(), running.event(), running.attempt(), diagnostics);
  }

  /**
   * Goes on with every host that is between two events because the rollout was paused: offers the
   * next one, or ends the host when none may start any more.
   */
  void goOnBetweenEvents() {
    RolloutState state = deliberation.state();
    for (int position : state.fleet().hosts().inFlight()) {
      HostState host = state.host(position);
      EventRun last = host.lastRun();
      if (host.running() == null && last != null) {
        goOnAfter(host.host().id(), last.event(), last.attempt(), last.diagnostics());
      }
    }
  }

  /** Ends a host on which everything is well. */
  void succeed(HostId host) {
    end(host, HostStatus.SUCCEEDED, "");
  }

  /** Fails a host that is between two events. */
  void fail(HostState host, HostStatus status, String reason) {
    end(host.host().id(), status, reason);
  }

  /** Fails a host because of what became of the event that it runs. */
  void fail(HostState host, RunningEvent running, HostStatus status, String reason) {
    LifecycleEventStatus eventStatus =
        status == HostStatus.UNREACHABLE && running.acknowledgedAt() != null
            ? LifecycleEventStatus.UNKNOWN
            : LifecycleEventStatus.FAILED;
    note(host, running, eventStatus, Diagnostics.unknownError(reason));
    end(host.host().id(), status, running.event().wireName() + ": " + reason);
  }

  private void note(
      HostState host, RunningEvent running, LifecycleEventStatus status, Diagnostics diagnostics) {
    deliberation.note(
        new HostEventFinished(
            host.host().id(), running.event(), running.attempt(), status, diagnostics));
  }

  private void goOnAfter(HostId host, LifecycleEvent event, int attempt, Diagnostics diagnostics) {
    RolloutDefinition.Lifecycle lifecycle = lifecycle();
    int index = eventsOf(host).indexOf(event);
    if (diagnostics.isSuccess() || lifecycle.forgives(event)) {
      goOn(host, index + 1);
    } else if (attempt < lifecycle.attemptsOf(event) && !eventsBarred()) {
      offerUnlessPaused(host, index, attempt + 1);
    } else {
      end(host, HostStatus.FAILED, Reasons.failed(event, diagnostics));
    }
  }

  private void goOn(HostId host, int next) {
    List<LifecycleEvent> events = eventsOf(host);
    if (next == events.size() && isOriginal(host)) {
      succeed(host);
    } else if (next == events.size()) {
      new HostGates(deliberation, this).begin(host);
    } else if (eventsBarred()) {
      end(
          host,
          HostStatus.FAILED,
          "the deployment was ended before " + events.get(next).wireName());
    } else if (lifecycle().isSwitchedBefore(events.get(next))) {
      deliberation.note(new HostReady(host));
    } else {
      offerUnlessPaused(host, next, 1);
    }
  }

  /** A host that only leaves traffic has nothing new to be judged by. */
  private boolean isOriginal(HostId host) {
    RolloutState state = deliberation.state();
    return state.positionOf(host).orElseThrow() >= state.numbers().hosts();
  }

  private void offerUnlessPaused(HostId host, int index, int attempt) {
    if (deliberation.state().pause() == null) {
      offer(host, index, attempt);
    }
  }

  private void offer(HostId host, int index, int attempt) {
    List<LifecycleEvent> events = eventsOf(host);
    LifecycleEvent event = events.get(index);
    Clocks clocks = deliberation.definition().pace().clocks();
    Duration time = event.isControlSide() ? clocks.event() : clocks.acknowledgement();
    deliberation.note(new HostEventOffered(host, event, attempt, deliberation.at().plus(time)));
    deliberation.order(order(deliberation.state(), host, event, attempt));
  }

  /** What has a host, or the traffic control, carry out an event. */
  static Effect order(RolloutState state, HostId host, LifecycleEvent event, int attempt) {
    if (event.isControlSide()) {
      return new Effect.SwitchTraffic(host, event, attempt);
    }
    RolloutDefinition.Lifecycle lifecycle = state.definition().lifecycle();
    List<LifecycleEvent> events = eventsOf(state, host);
    List<LifecycleEvent> next =
        events.subList(events.indexOf(event) + 1, events.size()).stream()
            .takeWhile(later -> !lifecycle.isSwitchedBefore(later))
            .filter(later -> !later.isControlSide())
            .toList();
    return new Effect.Offer(host, event, attempt, next);
  }

  private void end(HostId host, HostStatus status, String reason) {
    deliberation.note(new HostFinished(host, status, reason));
    deliberation.order(new Effect.Release(host));
  }

  private List<LifecycleEvent> eventsOf(HostId host) {
    return eventsOf(deliberation.state(), host);
  }

  private static List<LifecycleEvent> eventsOf(RolloutState state, HostId host) {
    return state.definition().eventsOf(state.positionOf(host).orElseThrow());
  }

  private boolean eventsBarred() {
    return deliberation.state().ending().eventsBarred();
  }

  private RolloutDefinition.Lifecycle lifecycle() {
    return deliberation.definition().lifecycle();
  }
}
