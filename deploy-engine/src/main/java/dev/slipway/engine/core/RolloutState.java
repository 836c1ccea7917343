package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.StopRequested;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.Pause;
import dev.slipway.strategy.WaveView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A rollout at one instant: the sum of its events so far. Immutable; {@link RolloutCore#apply}
 * gives the next one.
 *
 * @param definition what it is made of
 * @param numbers N, M, B and the zones
 * @param fleet where its hosts stand
 * @param course how far it has come
 * @param watch what it waits for beside its hosts
 * @param traffic what it waits for of its traffic control
 * @param switchover how far its traffic switch has come
 * @param ending what makes it end, and how it ended
 */
public record RolloutState(
    RolloutDefinition definition,
    Numbers numbers,
    Fleet fleet,
    Course course,
    Watch watch,
    TrafficWatch traffic,
    Switchover switchover,
    Ending ending) {

  /**
   * Where the hosts stand.
   *
   * @param hosts in scheduling order
   * @param index where each is
   * @param counts how many stand where
   * @param firstFailure the first host that failed, or null
   */
  record Fleet(HostTable hosts, HostIndex index, Counts counts, @Nullable HostState firstFailure) {

    Fleet with(int position, HostState host, Counts newCounts) {
      return new Fleet(hosts.with(position, host), index, newCounts, firstFailure);
    }

    Fleet with(int position, HostState host) {
      return with(position, host, counts);
    }
  }

  /**
   * How far a rollout has come.
   *
   * @param status where it stands
   * @param startedAt when it started, {@link Instant#EPOCH} before
   * @param deadline when it has taken too long, {@link Instant#MAX} before it started
   * @param zone which zone has its turn
   * @param waves the waves that have started
   * @param hold what the strategy waits for, or null
   * @param pause since when and why it rests, or null
   * @param stoppedSince since when the time that it may take stands still, or null when it goes on
   * @param at the instant of the latest event
   */
  record Course(
      DeploymentStatus status,
      Instant startedAt,
      Instant deadline,
      ZoneTurn zone,
      PersistentList<WaveView> waves,
      @Nullable RolloutHeld hold,
      @Nullable Pause pause,
      @Nullable Instant stoppedSince,
      Instant at) {

    Course at(Instant now) {
      return new Course(status, startedAt, deadline, zone, waves, hold, pause, stoppedSince, now);
    }

    Course with(DeploymentStatus next) {
      if (!status.canBecome(next)) {
        throw new IllegalStateException("a rollout is " + status + " and cannot become " + next);
      }
      return new Course(next, startedAt, deadline, zone, waves, hold, pause, stoppedSince, at);
    }

    Course with(ZoneTurn next) {
      return new Course(status, startedAt, deadline, next, waves, hold, pause, stoppedSince, at);
    }

    Course with(@Nullable RolloutHeld next) {
      return new Course(status, startedAt, deadline, zone, waves, next, pause, stoppedSince, at);
    }

    Course paused(@Nullable Pause next) {
      return new Course(status, startedAt, deadline, zone, waves, hold, next, stoppedSince, at);
    }

    /** From the latest event on, its time stands still. */
    Course stopped() {
      return new Course(status, startedAt, deadline, zone, waves, hold, pause, at, at);
    }

    /**
     * Its time goes on from the latest event, and what has passed since it stood still is added.
     */
    Course goesOn() {
      Instant later =
          stoppedSince == null ? deadline : deadline.plus(Duration.between(stoppedSince, at));
      return new Course(status, startedAt, later, zone, waves, hold, pause, null, at);
    }
  }

  /**
   * Which zone has its turn.
   *
   * @param index from 0
   * @param failed how many of its hosts failed
   * @param pauseUntil until when the zone before it is watched; nothing starts before
   */
  record ZoneTurn(int index, int failed, Instant pauseUntil) {}

  /**
   * What makes a rollout end, and how it ended.
   *
   * @param stop who stopped it, or null
   * @param abort what made it fail, or null
   * @param eventsBarred whether hosts in flight go no further than the event that they run
   * @param abandonAt when what still runs after a forced stop is given up, or null
   * @param rollback what follows, or null
   * @param ended how it ended, or null
   * @param joined which hosts have appeared meanwhile, or null when none has
   */
  record Ending(
      @Nullable StopRequested stop,
      @Nullable RolloutAborted abort,
      boolean eventsBarred,
      @Nullable Instant abandonAt,
      @Nullable RollbackPlanned rollback,
      @Nullable RolloutEnded ended,
      @Nullable HostsJoined joined) {

    static final Ending NONE = new Ending(null, null, false, null, null, null, null);

    /** Whether no further host may start. */
    boolean isDraining() {
      return stop != null || abort != null;
    }

    Ending with(RollbackPlanned next) {
      return new Ending(stop, abort, eventsBarred, abandonAt, next, ended, joined);
    }

    Ending with(RolloutEnded next) {
      return new Ending(stop, abort, eventsBarred, abandonAt, rollback, next, joined);
    }

    Ending with(HostsJoined next) {
      return new Ending(stop, abort, eventsBarred, abandonAt, rollback, ended, next);
    }
  }

  /** A rollout of which nothing has happened yet. */
  public static RolloutState created(RolloutDefinition definition) {
    HostTable hosts = HostTable.of(definition.hosts().stream().map(HostState::pending).toList());
    return new RolloutState(
        definition,
        Numbers.of(definition),
        new Fleet(
            hosts,
            HostIndex.of(definition.hosts()),
            new Counts(definition.deployedTo(), 0, 0, 0, 0),
            null),
        new Course(
            DeploymentStatus.CREATED,
            Instant.EPOCH,
            Instant.MAX,
            new ZoneTurn(0, 0, Instant.EPOCH),
            PersistentList.empty(),
            null,
            null,
            null,
            Instant.EPOCH),
        Watch.NONE,
        TrafficWatch.NONE,
        Switchover.of(definition),
        Ending.NONE);
  }

  /** Where the rollout stands. */
  public DeploymentStatus status() {
    return course.status();
  }

  /**
   * How many of the hosts that are deployed to stand where; those that never started count as
   * pending, even at the end.
   */
  public Counts counts() {
    return fleet.counts();
  }

  /**
   * How many hosts stand where, in CodeDeploy's terms. Those that wait for a traffic switch are in
   * progress; original hosts count too.
   */
  public DeploymentOverview overview() {
    return overview(status().isTerminal());
  }

  /** How many hosts stand where, when it is over or not. */
  DeploymentOverview overview(boolean isOver) {
    Counts counts = counts();
    Counts originals = switchover.originals();
    int pending = counts.pending() + originals.pending();
    return new DeploymentOverview(
        isOver ? 0 : pending,
        counts.inFlight() + originals.inFlight() + (isOver ? 0 : switchover.ready()),
        counts.succeeded() + originals.succeeded(),
        counts.failed() + originals.failed(),
        isOver ? pending + switchover.ready() : 0);
  }

  /** Blue/green: whether traffic is switched, and the original hosts are to be ended. */
  public boolean isTerminationBegun() {
    return switchover.termination() != null;
  }

  /** Blue/green: whether there is no way back, because the original hosts are being ended. */
  public boolean isSwitchFinal() {
    return switchover.isFinal();
  }

  /** Blue/green: whether the original hosts stay until their time is over. */
  public boolean isTerminationAwaited() {
    Termination termination = switchover.termination();
    return termination != null && termination.orderedAt() == null && !status().isTerminal();
  }

  /** Whether nothing runs on any host. */
  boolean isQuiet() {
    return counts().inFlight() == 0 && switchover.originals().inFlight() == 0;
  }

  /** The instant of the latest event. */
  public Instant at() {
    return course.at();
  }

  /** The host at a position in scheduling order, from 0. */
  public HostState host(int position) {
    return fleet.hosts().get(position);
  }

  /** Positions of the hosts in flight. */
  public List<Integer> hostsInFlight() {
    return fleet.hosts().inFlight();
  }

  /** The hosts in flight, in scheduling order. */
  List<HostId> idsInFlight() {
    return hostsInFlight().stream().map(position -> host(position).host().id()).toList();
  }

  /** The position of a host, empty for one that is not part of the rollout. */
  public OptionalInt positionOf(HostId host) {
    return fleet.index().find(host);
  }

  /** Whether a host has been offered this attempt of a lifecycle event and has not ended it. */
  public boolean isRunning(HostId host, LifecycleEvent event, int attempt) {
    OptionalInt position = positionOf(host);
    RunningEvent running = position.isPresent() ? host(position.getAsInt()).running() : null;
    return running != null && running.is(event, attempt);
  }

  /** Where a host stands; one that never started is skipped when the rollout is over. */
  public HostStatus statusOf(int position) {
    HostStatus status = host(position).status();
    boolean waits = status == HostStatus.PENDING || status == HostStatus.READY;
    return waits && status().isTerminal() ? HostStatus.SKIPPED : status;
  }

  /** How it ended, or null while it has not. */
  public @Nullable RolloutEnded ended() {
    return ending.ended();
  }

  /** The rollback that follows, or null when there is none. */
  public @Nullable RollbackPlanned rollback() {
    return ending.rollback();
  }

  /** Which hosts have appeared in the inventory meanwhile, or null when none has. */
  public @Nullable HostsJoined joined() {
    return ending.joined();
  }

  /** Whether all hosts are done, though the rollout is not over. */
  public boolean isDone() {
    return isInProgress() && counts().pending() == 0 && isQuiet();
  }

  /**
   * Since when and why it rests, or null when it does not: a stop or an end goes before a pause.
   */
  public @Nullable Pause pause() {
    if (ending.eventsBarred() || status().isTerminal()) {
      return null;
    }
    Watch.WindowState window = watch.window();
    return course.pause() == null && window != null && window.why() != null && window.drains()
        ? new Pause(window.since(), window.why())
        : course.pause();
  }

  boolean isInProgress() {
    return status() == DeploymentStatus.IN_PROGRESS;
  }

  /** Whether the time that the rollout may take stands still. */
  boolean isTimeStopped() {
    return course.stoppedSince() != null;
  }

  /**
   * Whether it waits, with nothing running on any host, for what is not its own: a checkpoint, a
   * window that is closed, or the end of a pause. Hosts between two lifecycle events run nothing.
   */
  boolean isWaiting() {
    boolean isHeldBack = watch.stand() != null || watch.isClosed() || pause() != null;
    return isInProgress() && isHeldBack && !ending.eventsBarred() && runsNothing();
  }

  /** Whatever runs on a host, or is asked about one, has a deadline or is asked again. */
  private boolean runsNothing() {
    return fleet.hosts().deadline().equals(Instant.MAX);
  }

  /** Whether it has begun and is not over. */
  boolean isUnderWay() {
    return isInProgress() || status() == DeploymentStatus.READY;
  }

  /**
   * The number of the checkpoint, from 1, at which somebody must approve that it goes on; empty
   * when it does not wait for that.
   */
  public OptionalInt awaitedApproval() {
    Stand stand = watch.stand();
    return stand == null || stand.approveBy() == null || !isUnderWay() || ending.isDraining()
        ? OptionalInt.empty()
        : OptionalInt.of(stand.number());
  }

  /** The zone that has its turn. */
  ZoneSlice zone() {
    return numbers.zones().get(course.zone().index());
  }

  /** How many more hosts may start now, 0 or more. */
  int freeSlots() {
    int beforeCheckpoint = Checkpoints.reach(this) - (numbers.hosts() - counts().pending());
    return Math.min(slotsOfFloor(), beforeCheckpoint < 0 ? 0 : beforeCheckpoint);
  }

  /** How many more hosts may be off now, 0 or more, whatever checkpoints there are. */
  int slotsOfFloor() {
    Counts counts = counts();
    int budget =
        Math.min(
            numbers.failureBudget() - counts.failed(), zone().budget() - course.zone().failed());
    int most = Math.min(budget, definition.pace().limits().maxParallel());
    return Math.max(0, most - counts.inFlight());
  }

  /** Whether the zone that has its turn has hosts that have not started. */
  boolean zoneHasPending() {
    ZoneSlice zone = zone();
    return counts().pending() > 0 && !fleet.hosts().pending(zone.from(), zone.to(), 1).isEmpty();
  }

  RolloutState with(Fleet next) {
    return new RolloutState(definition, numbers, next, course, watch, traffic, switchover, ending);
  }

  RolloutState with(Course next) {
    return new RolloutState(definition, numbers, fleet, next, watch, traffic, switchover, ending);
  }

  RolloutState with(Watch next) {
    return new RolloutState(definition, numbers, fleet, course, next, traffic, switchover, ending);
  }

  RolloutState with(TrafficWatch next) {
    return new RolloutState(definition, numbers, fleet, course, watch, next, switchover, ending);
  }

  RolloutState with(Switchover next) {
    return new RolloutState(definition, numbers, fleet, course, watch, traffic, next, ending);
  }

  RolloutState with(Ending next) {
    return new RolloutState(definition, numbers, fleet, course, watch, traffic, switchover, next);
  }
}
