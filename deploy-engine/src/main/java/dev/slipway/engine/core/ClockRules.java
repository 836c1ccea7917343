package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.event.HostLost;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.StopForced;
import dev.slipway.event.StopRequested;
import dev.slipway.spi.transport.CancelMode;
import java.time.Instant;

/** What happens when a deadline passes. */
final class ClockRules {

  private final Deliberation deliberation;
  private final HostRules hosts;
  private final TrafficRules traffic;

  ClockRules(Deliberation deliberation, HostRules hosts, TrafficRules traffic) {
    this.deliberation = deliberation;
    this.hosts = hosts;
    this.traffic = traffic;
  }

  /** Sees what has fallen due by an instant that is not after that of the decision. */
  void pass(Instant now) {
    if (deliberation.state().status() == DeploymentStatus.READY) {
      passWait(now);
    }
    if (deliberation.state().status() != DeploymentStatus.IN_PROGRESS) {
      return;
    }
    if (!deliberation.state().fleet().hosts().deadline().isAfter(now)) {
      deliberation.state().fleet().hosts().due(now).forEach(this::expire);
    }
    passEnding(now);
    traffic.look(now);
    new TerminationRules(deliberation).pass(now);
  }

  /** Nobody has asked for the traffic switch. */
  private void passWait(Instant now) {
    RolloutState state = deliberation.state();
    Instant until = state.switchover().waitUntil();
    if (until != null && !until.isAfter(now) && !state.ending().isDraining()) {
      deliberation.note(
          new StopRequested(
              ErrorCode.TIMEOUT, RollbackWish.NEVER, null, "it was waited for until " + until));
    }
  }

  private void passEnding(Instant now) {
    RolloutState.Ending ending = deliberation.state().ending();
    StopRequested stop = ending.stop();
    if (ending.abandonAt() != null) {
      if (!ending.abandonAt().isAfter(now)) {
        deliberation.state().fleet().hosts().inFlight().forEach(this::abandon);
      }
    } else if (stop != null) {
      if (stop.forceAt() != null && !stop.forceAt().isAfter(now)) {
        force();
      }
    } else if (!ending.eventsBarred()
        && !deliberation.state().isTimeStopped()
        && !deliberation.state().switchover().isFinal()
        && !deliberation.state().course().deadline().isAfter(now)) {
      deliberation.note(
          new RolloutAborted(
              ErrorCode.TIMEOUT,
              "the deployment took longer than "
                  + deliberation.definition().pace().clocks().rollout()));
      hosts.goOnBetweenEvents();
    }
  }

  private void expire(int position) {
    HostState host = deliberation.state().host(position);
    RunningEvent running = host.running();
    if (running == null) {
      if (host.check() != null) {
        new HostGates(deliberation, hosts).expire(host, host.check());
      }
      return;
    }
    boolean taken = running.acknowledgedAt() != null;
    String late = late(running);
    HostLost lost = host.lost();
    cancel(host, running, taken ? CancelMode.TERMINATE : CancelMode.NOT_STARTED);
    if (lost == null) {
      hosts.fail(host, running, HostStatus.FAILED, late);
    } else {
      hosts.fail(host, running, HostStatus.UNREACHABLE, late + " (" + Reasons.lost(lost) + ")");
    }
  }

  private String late(RunningEvent running) {
    Clocks clocks = deliberation.definition().pace().clocks();
    return switch (running.event()) {
      case BLOCK_TRAFFIC -> "the host was not out of service within " + clocks.event();
      case ALLOW_TRAFFIC -> "the host was not in service within " + clocks.event();
      default ->
          running.acknowledgedAt() != null
              ? "it was not over " + clocks.event() + " after the host had taken it"
              : "the host did not take it within " + clocks.acknowledgement();
    };
  }

  private void force() {
    Clocks clocks = deliberation.definition().pace().clocks();
    deliberation.note(new StopForced(deliberation.at().plus(clocks.forcedEnd())));
    for (int position : deliberation.state().fleet().hosts().inFlight()) {
      HostState host = deliberation.state().host(position);
      if (host.running() != null) {
        cancel(host, host.running(), CancelMode.TERMINATE);
      }
    }
  }

  private void abandon(int position) {
    HostState host = deliberation.state().host(position);
    if (host.running() != null) {
      hosts.fail(
          host, host.running(), HostStatus.FAILED, "abandoned: it did not end when it was stopped");
    }
  }

  /** A host cannot be told to end what the traffic control does. */
  private void cancel(HostState host, RunningEvent running, CancelMode mode) {
    if (!running.event().isControlSide()) {
      deliberation.order(
          new Effect.Cancel(host.host().id(), running.event(), running.attempt(), mode));
    }
  }
}
