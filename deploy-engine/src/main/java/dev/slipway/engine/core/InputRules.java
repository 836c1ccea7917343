package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.CheckKind;
import dev.slipway.event.HostBack;
import dev.slipway.event.HostEventAcknowledged;
import dev.slipway.event.HostLost;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.RolloutPaused;
import dev.slipway.event.RolloutResumed;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.StopRequested;
import dev.slipway.event.SwitchBegun;
import dev.slipway.fleet.HostId;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an input means for a rollout. What does not fit any more is ignored. */
final class InputRules implements Input.Handler {

  private final Deliberation deliberation;
  private final HostRules hosts;
  private final TrafficRules traffic;

  InputRules(Deliberation deliberation, HostRules hosts, TrafficRules traffic) {
    this.deliberation = deliberation;
    this.hosts = hosts;
    this.traffic = traffic;
  }

  @Override
  public void begin(Input.Begin input) {
    RolloutState state = deliberation.state();
    if (state.status() != DeploymentStatus.CREATED) {
      return;
    }
    Numbers numbers = state.numbers();
    ErrorInformation refusal = numbers.refusal(state.definition());
    if (refusal != null) {
      EndRules.refuse(deliberation, refusal);
      return;
    }
    deliberation.note(
        new RolloutStarted(
            numbers.hosts(),
            numbers.minimumHealthy(),
            numbers.failureBudget(),
            deliberation.at().plus(state.definition().pace().clocks().rollout())));
    guards().begin();
  }

  @Override
  public void takenOver(Input.TakenOver input) {
    RolloutState state = deliberation.state();
    if (state.status().isTerminal()) {
      return;
    }
    guards().askAnew();
    HostGates gates = new HostGates(deliberation, hosts);
    for (int position : state.fleet().hosts().inFlight()) {
      gates.askAnew(state.host(position));
    }
  }

  @Override
  public void acknowledged(Input.Acknowledged input) {
    running(
        input.host(),
        input.event(),
        input.attempt(),
        (host, running) -> {
          if (running.acknowledgedAt() == null) {
            Instant deadline =
                deliberation.at().plus(deliberation.definition().pace().clocks().event());
            deliberation.note(
                new HostEventAcknowledged(input.host(), input.event(), input.attempt(), deadline));
          }
        });
  }

  @Override
  public void finished(Input.Finished input) {
    running(
        input.host(),
        input.event(),
        input.attempt(),
        (host, running) -> hosts.finish(host, running, input.diagnostics()));
  }

  @Override
  public void unreachable(Input.Unreachable input) {
    running(
        input.host(),
        input.event(),
        input.attempt(),
        (host, running) -> {
          HostLost lost = new HostLost(input.host(), input.reason(), input.message());
          // What it has taken may be running there, whoever lets us in now.
          if (input.reason().isFinal() && running.acknowledgedAt() == null) {
            hosts.fail(host, running, HostStatus.UNREACHABLE, Reasons.lost(lost));
          } else if (!lost.equals(host.lost())) {
            deliberation.note(lost);
          }
        });
  }

  @Override
  public void back(Input.Back input) {
    inFlight(
        input.host(),
        host -> {
          if (host.lost() != null) {
            deliberation.note(new HostBack(input.host()));
          }
        });
  }

  @Override
  public void gone(Input.Gone input) {
    String reason = "the host has left the inventory";
    inFlight(
        input.host(),
        host -> {
          RunningEvent running = host.running();
          if (running == null) {
            hosts.fail(host, HostStatus.UNREACHABLE, reason);
          } else {
            hosts.fail(host, running, HostStatus.UNREACHABLE, reason);
          }
        });
  }

  @Override
  public void trafficSeen(Input.TrafficSeen input) {
    traffic.see(input);
  }

  @Override
  public void switchTraffic(Input.SwitchTraffic input) {
    RolloutState state = deliberation.state();
    if (state.status() == DeploymentStatus.READY && !state.ending().isDraining()) {
      deliberation.note(new SwitchBegun(input.reason()));
    }
  }

  @Override
  public void terminateOriginals(Input.TerminateOriginals input) {
    new TerminationRules(deliberation).hurry(input.reason());
  }

  @Override
  public void terminated(Input.Terminated input) {
    new TerminationRules(deliberation).answered(input.refusal());
  }

  @Override
  public void stop(Input.Stop input) {
    RolloutState state = deliberation.state();
    Instant forceAt = input.grace() == null ? null : deliberation.at().plus(input.grace());
    StopRequested asked =
        new StopRequested(input.cause(), input.rollback(), forceAt, input.reason());
    StopRequested before = state.ending().stop();
    StopRequested stop = before == null ? asked : both(before, asked);
    boolean isOver = state.status().isTerminal() || state.switchover().isFinal();
    if (isOver || stop.equals(before)) {
      return;
    }
    deliberation.note(stop);
    if (state.status() == DeploymentStatus.CREATED) {
      EndRules.end(deliberation);
    } else {
      hosts.goOnBetweenEvents();
    }
  }

  @Override
  public void pause(Input.Pause input) {
    RolloutState state = deliberation.state();
    if (!state.status().isTerminal()
        && !state.ending().eventsBarred()
        && state.course().pause() == null) {
      deliberation.note(new RolloutPaused(input.reason()));
    }
  }

  @Override
  public void resume(Input.Resume input) {
    RolloutState state = deliberation.state();
    if (state.course().pause() != null && state.pause() != null) {
      deliberation.note(new RolloutResumed(input.reason()));
      hosts.goOnBetweenEvents();
    }
  }

  @Override
  public void answered(Input.Answered input) {
    if (input.check() != CheckKind.HOST_GATE) {
      guards().answered(input);
    } else if (input.host() != null) {
      inFlight(input.host(), host -> new HostGates(deliberation, hosts).answered(host, input));
    }
  }

  @Override
  public void approve(Input.Approve input) {
    guards().approve(input);
  }

  @Override
  public void reject(Input.Reject input) {
    guards().reject(input);
  }

  @Override
  public void pulse(Input.Pulse input) {
    guards().pulse();
  }

  @Override
  public void joined(Input.Joined input) {
    RolloutState state = deliberation.state();
    boolean isNews = !input.hosts().isEmpty() || !input.trouble().isEmpty();
    if (state.isDone() && !state.ending().isDraining() && isNews && EndRules.wouldSucceed(state)) {
      deliberation.note(new HostsJoined(input.hosts(), input.update(), input.trouble()));
    }
  }

  private GuardRules guards() {
    return new GuardRules(deliberation, hosts);
  }

  /**
   * What a stop adds to the one before, which stays what it was otherwise: an end by force, or a
   * sooner one, and that nothing comes back.
   */
  private static StopRequested both(StopRequested before, StopRequested later) {
    boolean isNever =
        later.rollback() == RollbackWish.NEVER && before.rollback() != RollbackWish.NEVER;
    return new StopRequested(
        before.cause(),
        isNever ? RollbackWish.NEVER : before.rollback(),
        sooner(before.forceAt(), later.forceAt()),
        isNever ? later.reason() : before.reason());
  }

  /** The earlier of two instants, either of which may not be known. */
  private static @Nullable Instant sooner(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.isBefore(one) ? other : one;
  }

  private void running(
      HostId id, LifecycleEvent event, int attempt, BiConsumer<HostState, RunningEvent> action) {
    inFlight(
        id,
        host -> {
          RunningEvent running = host.running();
          if (running != null && running.is(event, attempt)) {
            action.accept(host, running);
          }
        });
  }

  private void inFlight(HostId id, Consumer<HostState> action) {
    RolloutState state = deliberation.state();
    state
        .positionOf(id)
        .ifPresent(
            position -> {
              HostState host = state.host(position);
              if (host.status() == HostStatus.IN_PROGRESS) {
                action.accept(host);
              }
            });
  }
}
