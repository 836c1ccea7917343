package dev.slipway.engine.core;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.HostEventAcknowledged;
import dev.slipway.event.TrafficLooked;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * BlockTraffic and AllowTraffic: told to the traffic control, and over when a look shows that the
 * host is out of service, or in service. What a control has forgotten, or was never told because it
 * was away, it is told again.
 */
final class TrafficRules {

  /** The first look after a switch. */
  static final Duration FIRST_LOOK = Duration.ofMillis(250);

  /** A look is never longer in coming. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final Deliberation deliberation;
  private final HostRules hosts;

  TrafficRules(Deliberation deliberation, HostRules hosts) {
    this.deliberation = deliberation;
    this.hosts = hosts;
  }

  /** Has the traffic control asked, if that is due by an instant. */
  void look(Instant now) {
    RolloutState state = deliberation.state();
    if (state.traffic().lookAt().isAfter(now)) {
      return;
    }
    List<HostId> waiting = new ArrayList<>();
    Instant latest = Instant.EPOCH;
    for (int position : state.fleet().hosts().inFlight()) {
      HostState host = state.host(position);
      RunningEvent running = host.running();
      if (running != null && running.event().isControlSide()) {
        waiting.add(host.host().id());
        latest = running.offeredAt().isAfter(latest) ? running.offeredAt() : latest;
      }
    }
    deliberation.note(new TrafficLooked(deliberation.at().plus(pause(latest))));
    deliberation.order(new Effect.LookAtTraffic(waiting));
  }

  /** Looks become rarer the longer the host that was switched last has waited. */
  private Duration pause(Instant switchedAt) {
    Duration half = Duration.between(switchedAt, deliberation.at()).dividedBy(2);
    Duration atLeast = half.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : half;
    return atLeast.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : atLeast;
  }

  /** Takes in where hosts stand. */
  void see(Input.TrafficSeen seen) {
    seen.states().forEach((id, traffic) -> see(id, traffic, seen.lookedAt()));
  }

  private void see(HostId id, TrafficState traffic, Instant lookedAt) {
    RolloutState state = deliberation.state();
    int position = state.positionOf(id).orElse(-1);
    if (position < 0 || state.host(position).status() != HostStatus.IN_PROGRESS) {
      return;
    }
    HostState host = state.host(position);
    RunningEvent running = host.running();
    if (running == null
        || !running.event().isControlSide()
        || lookedAt.isBefore(running.offeredAt())) {
      return;
    }
    boolean isBlocked = running.event() == LifecycleEvent.BLOCK_TRAFFIC;
    switch (traffic) {
      case OUT_OF_SERVICE -> reached(host, running, isBlocked);
      case IN_SERVICE -> reached(host, running, !isBlocked);
      case DRAINING -> underWay(id, running, isBlocked);
      case COMING -> underWay(id, running, !isBlocked);
    }
  }

  private void reached(HostState host, RunningEvent running, boolean isWanted) {
    if (isWanted) {
      hosts.finish(host, running, Diagnostics.SUCCEEDED);
    } else {
      switchAgain(host.host().id(), running);
    }
  }

  private void underWay(HostId host, RunningEvent running, boolean isWanted) {
    if (!isWanted) {
      switchAgain(host, running);
    } else if (running.acknowledgedAt() == null) {
      deliberation.note(
          new HostEventAcknowledged(host, running.event(), running.attempt(), running.deadline()));
    }
  }

  private void switchAgain(HostId host, RunningEvent running) {
    deliberation.order(new Effect.SwitchTraffic(host, running.event(), running.attempt()));
  }
}
