package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.event.CheckAnswered;
import dev.slipway.event.CheckAsked;
import dev.slipway.event.CheckKind;
import dev.slipway.event.CheckpointPassed;
import dev.slipway.event.CheckpointReached;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostBack;
import dev.slipway.event.HostEventAcknowledged;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.HostLost;
import dev.slipway.event.HostReady;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.PulseHeard;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutApproved;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutEvent;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.RolloutPaused;
import dev.slipway.event.RolloutResumed;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.StopForced;
import dev.slipway.event.StopRequested;
import dev.slipway.event.SwitchAwaited;
import dev.slipway.event.SwitchBegun;
import dev.slipway.event.TerminationAwaited;
import dev.slipway.event.TerminationOrdered;
import dev.slipway.event.TerminationSettled;
import dev.slipway.event.TrafficLooked;
import dev.slipway.event.TrafficMoved;
import dev.slipway.event.WaveStarted;
import dev.slipway.event.WindowClosed;
import dev.slipway.event.WindowOpened;
import dev.slipway.event.ZoneMonitored;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.Pulse;
import dev.slipway.rollout.Pause;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.strategy.WaveView;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What an event does to the state of a rollout. Lives for one event. */
final class Transition implements EventVisitor {

  private final Instant at;
  private RolloutState state;

  private Transition(RolloutState before, Instant at) {
    this.at = at;
    this.state = before.with(before.course().at(at));
  }

  static RolloutState apply(RolloutState state, RolloutEvent event, Instant at) {
    Transition transition = new Transition(state, at);
    event.accept(transition);
    transition.seeToTime();
    return transition.state;
  }

  /** One clock for all that it may wait for, so that no wait is counted twice. */
  private void seeToTime() {
    boolean waits = state.isWaiting();
    if (waits != state.isTimeStopped()) {
      state = state.with(waits ? state.course().stopped() : state.course().goesOn());
    }
  }

  @Override
  public void otherwise(RolloutEvent event) {
    throw new IllegalStateException("this release does not know the event " + event.kind());
  }

  @Override
  public void rolloutStarted(RolloutStarted event) {
    RolloutState.Course course = state.course().with(DeploymentStatus.IN_PROGRESS);
    state =
        state.with(
            new RolloutState.Course(
                course.status(),
                at,
                event.deadline(),
                course.zone(),
                course.waves(),
                course.hold(),
                course.pause(),
                course.stoppedSince(),
                at));
    Pulse pulse = state.definition().guards().pulse();
    if (pulse != null) {
      state = state.with(state.watch().pulseBy(at.plus(pulse.within())));
    }
  }

  @Override
  public void waveStarted(WaveStarted event) {
    RolloutState.Course course = state.course();
    state =
        state.with(
            new RolloutState.Course(
                course.status(),
                course.startedAt(),
                course.deadline(),
                course.zone(),
                course.waves().plus(new WaveView(event.number(), at, event.hosts())),
                null,
                course.pause(),
                course.stoppedSince(),
                at));
    Watch.Failures failures = state.watch().failures();
    if (failures.inWave() > 0) {
      state = state.with(state.watch().with(new Watch.Failures(0, failures.inZone())));
    }
    for (HostId host : event.hosts()) {
      int position = position(host);
      change(position, state.host(position).started(at), state.counts().started());
    }
  }

  @Override
  public void hostReady(HostReady event) {
    int position = position(event.host());
    change(position, state.host(position).ready(at), state.counts().waits());
    state = state.with(state.switchover().ready(state.switchover().ready() + 1));
  }

  @Override
  public void switchAwaited(SwitchAwaited event) {
    state =
        state
            .with(state.course().with(DeploymentStatus.READY))
            .with(state.switchover().awaited(event.until()));
  }

  @Override
  public void switchBegun(SwitchBegun event) {
    if (state.status() == DeploymentStatus.READY) {
      state = state.with(state.course().with(DeploymentStatus.IN_PROGRESS));
    }
    state = state.with(state.switchover().begun());
  }

  @Override
  public void terminationAwaited(TerminationAwaited event) {
    state = state.with(state.switchover().with(Termination.awaited(event.until())));
  }

  @Override
  public void terminationOrdered(TerminationOrdered event) {
    state =
        state.with(
            state.switchover().with(termination().ordered(at, event.attempt(), event.again())));
  }

  @Override
  public void terminationSettled(TerminationSettled event) {
    state = state.with(state.switchover().with(termination().settled(event.refusal())));
  }

  private Termination termination() {
    Termination termination = state.switchover().termination();
    if (termination == null) {
      throw new IllegalStateException("nobody waits for the end of the original hosts");
    }
    return termination;
  }

  @Override
  public void trafficMoved(TrafficMoved event) {
    for (HostId host : event.hosts()) {
      int position = position(host);
      Switchover switchover = state.switchover();
      if (isOriginal(position)) {
        state = state.with(switchover.with(switchover.originals().started()));
        change(position, state.host(position).started(at), state.counts());
      } else {
        state = state.with(switchover.ready(switchover.ready() - 1));
        change(position, state.host(position).started(at), state.counts().goesOn());
      }
    }
  }

  private boolean isOriginal(int position) {
    return position >= state.numbers().hosts();
  }

  private void change(int position, HostState host, Counts counts) {
    state = state.with(state.fleet().with(position, host, counts));
  }

  @Override
  public void hostEventOffered(HostEventOffered event) {
    RunningEvent running =
        new RunningEvent(event.event(), event.attempt(), at, null, event.deadline());
    change(event.host(), host -> host.offered(running));
    if (event.event().isControlSide()) {
      state = state.with(state.traffic().switched(at));
    }
  }

  @Override
  public void hostEventAcknowledged(HostEventAcknowledged event) {
    change(
        event.host(), host -> host.acknowledged(running(host).acknowledged(at, event.deadline())));
  }

  @Override
  public void hostEventFinished(HostEventFinished event) {
    change(
        event.host(),
        host -> {
          RunningEvent running = running(host);
          return host.ran(
              new EventRun(
                  event.event(),
                  event.attempt(),
                  event.status(),
                  running.offeredAt(),
                  at,
                  event.diagnostics(),
                  cancelled(running, event.status())));
        });
    if (event.event().isControlSide()) {
      state = state.with(state.traffic().settled());
    }
  }

  @Override
  public void trafficLooked(TrafficLooked event) {
    state = state.with(state.traffic().looked(event.next()));
  }

  /** An end in time is one that the host reported: at its deadline an event is ended. */
  private @Nullable CancelMode cancelled(RunningEvent running, LifecycleEventStatus status) {
    Instant abandonAt = state.ending().abandonAt();
    boolean isAbandoned = abandonAt != null && !abandonAt.isAfter(at);
    boolean isLate = !running.deadline().isAfter(at);
    if (status == LifecycleEventStatus.SUCCEEDED
        || running.event().isControlSide()
        || !(isLate || isAbandoned)) {
      return null;
    }
    return isAbandoned || running.acknowledgedAt() != null
        ? CancelMode.TERMINATE
        : CancelMode.NOT_STARTED;
  }

  @Override
  public void hostLost(HostLost event) {
    change(event.host(), host -> host.reachable(event));
  }

  @Override
  public void hostBack(HostBack event) {
    change(event.host(), host -> host.reachable(null));
  }

  @Override
  public void hostFinished(HostFinished event) {
    int position = position(event.host());
    HostState host = state.host(position).ended(event.status(), at, event.reason());
    boolean isOriginal = isOriginal(position);
    Switchover switchover = state.switchover();
    if (isOriginal) {
      state = state.with(switchover.with(switchover.originals().ended(event.status())));
    }
    RolloutState.Fleet fleet =
        state
            .fleet()
            .with(
                position, host, isOriginal ? state.counts() : state.counts().ended(event.status()));
    if (event.status() == HostStatus.SUCCEEDED) {
      state = state.with(fleet);
      return;
    }
    state = state.with(state.watch().with(state.watch().failures().in(host.host().zone())));
    HostState first = fleet.firstFailure() == null ? host : fleet.firstFailure();
    RolloutState.ZoneTurn zone = state.course().zone();
    state =
        state
            .with(new RolloutState.Fleet(fleet.hosts(), fleet.index(), fleet.counts(), first))
            .with(
                state
                    .course()
                    .with(
                        new RolloutState.ZoneTurn(
                            zone.index(),
                            zone.failed() + (isOriginal ? 0 : 1),
                            zone.pauseUntil())));
  }

  @Override
  public void zoneMonitored(ZoneMonitored event) {
    RolloutState.ZoneTurn next =
        new RolloutState.ZoneTurn(state.course().zone().index() + 1, 0, event.until());
    state = state.with(state.course().with(next));
  }

  @Override
  public void rolloutHeld(RolloutHeld event) {
    state = state.with(state.course().with(event));
  }

  @Override
  public void rolloutPaused(RolloutPaused event) {
    state = state.with(state.course().paused(new Pause(at, event.reason())));
    Instant pulseBy = state.watch().pulseBy();
    if (pulseBy != null && !pulseBy.isAfter(at)) {
      state = state.with(state.watch().pulseBy(null));
    }
  }

  @Override
  public void rolloutResumed(RolloutResumed event) {
    state = state.with(state.course().paused(null));
  }

  @Override
  public void checkAsked(CheckAsked event) {
    state = state.with(state.watch().asked(event.round()));
    answer(
        event.check(),
        event.host(),
        event.name(),
        before -> Check.asked(before, event.name(), event.round(), event.deadline()));
  }

  @Override
  public void checkAnswered(CheckAnswered event) {
    answer(
        event.check(),
        event.host(),
        event.name(),
        before -> {
          if (before == null) {
            throw new IllegalStateException(event.name() + " was not asked");
          }
          return before.answered(event.verdict(), event.message(), event.askAgainAt());
        });
  }

  private void answer(
      CheckKind kind, @Nullable HostId host, String name, Function<@Nullable Check, Check> change) {
    Watch watch = state.watch();
    if (host != null) {
      change(
          host,
          before -> {
            Check check = before.check();
            return before.checked(
                change.apply(check == null || !check.name().equals(name) ? null : check));
          });
    } else if (kind == CheckKind.ALARMS) {
      state = state.with(watch.withAlarms(change.apply(watch.alarms())));
    } else {
      Stand stand = standing();
      Check before =
          stand.gates().stream().filter(gate -> gate.name().equals(name)).findFirst().orElse(null);
      state = state.with(watch.standing(stand.with(change.apply(before))));
    }
  }

  @Override
  public void checkpointReached(CheckpointReached event) {
    Watch watch = state.watch();
    Stand stand =
        new Stand(watch.stands() + 1, at, event.bakeUntil(), event.approveBy(), List.of());
    state = state.with(watch.standing(stand));
  }

  @Override
  public void checkpointPassed(CheckpointPassed event) {
    state = state.with(state.watch().passed(event.started()));
  }

  @Override
  public void rolloutApproved(RolloutApproved event) {
    state = state.with(state.watch().standing(standing().approved()));
  }

  @Override
  public void windowClosed(WindowClosed event) {
    state =
        state.with(
            state
                .watch()
                .with(new Watch.WindowState(event.why(), at, event.until(), event.drains())));
  }

  @Override
  public void windowOpened(WindowOpened event) {
    state = state.with(state.watch().with(new Watch.WindowState(null, at, event.until(), false)));
  }

  @Override
  public void pulseHeard(PulseHeard event) {
    state = state.with(state.watch().pulseBy(event.until()));
  }

  private Stand standing() {
    Stand stand = state.watch().stand();
    if (stand == null) {
      throw new IllegalStateException("the rollout does not stand at a checkpoint");
    }
    return stand;
  }

  @Override
  public void stopRequested(StopRequested event) {
    RolloutState.Ending ending = state.ending();
    state =
        state.with(
            new RolloutState.Ending(
                event,
                ending.abort(),
                true,
                ending.abandonAt(),
                ending.rollback(),
                null,
                ending.joined()));
  }

  @Override
  public void stopForced(StopForced event) {
    RolloutState.Ending ending = state.ending();
    state =
        state.with(
            new RolloutState.Ending(
                ending.stop(),
                ending.abort(),
                true,
                event.abandonAt(),
                ending.rollback(),
                null,
                ending.joined()));
  }

  @Override
  public void rolloutAborted(RolloutAborted event) {
    RolloutState.Ending ending = state.ending();
    boolean eventsBarred = ending.eventsBarred() || event.code() == ErrorCode.TIMEOUT;
    state =
        state.with(
            new RolloutState.Ending(
                ending.stop(),
                event,
                eventsBarred,
                ending.abandonAt(),
                ending.rollback(),
                null,
                ending.joined()));
  }

  @Override
  public void rollbackPlanned(RollbackPlanned event) {
    state = state.with(state.ending().with(event));
  }

  @Override
  public void hostsJoined(HostsJoined event) {
    state = state.with(state.ending().with(event));
  }

  @Override
  public void rollbackSkipped(RollbackSkipped event) {}

  @Override
  public void rolloutEnded(RolloutEnded event) {
    state = state.with(state.course().with(event.status())).with(state.ending().with(event));
  }

  private void change(HostId id, UnaryOperator<HostState> change) {
    int position = position(id);
    HostState host = change.apply(state.host(position));
    state = state.with(state.fleet().with(position, host));
  }

  private int position(HostId host) {
    return state
        .positionOf(host)
        .orElseThrow(() -> new IllegalStateException("host " + host + " is not in the rollout"));
  }

  private static RunningEvent running(HostState host) {
    RunningEvent running = host.running();
    if (running == null) {
      throw new IllegalStateException("host " + host.host().id() + " runs no lifecycle event");
    }
    return running;
  }
}
