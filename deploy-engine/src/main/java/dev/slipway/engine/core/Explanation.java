package dev.slipway.engine.core;

import dev.slipway.config.Batching;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.HostStatus;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.StopRequested;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.Hold;
import dev.slipway.rollout.Pause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a rollout starts no more hosts just now. */
public final class Explanation {

  /** How many hosts a message tells of one by one. */
  private static final int TOLD = 3;

  private Explanation() {}

  /** The reasons, most pressing first; none when nothing holds it or it is not running. */
  public static List<Hold> of(RolloutState state, Instant now) {
    if (state.status() == DeploymentStatus.READY) {
      return List.of(awaited(state));
    }
    if (state.status() != DeploymentStatus.IN_PROGRESS) {
      return List.of();
    }
    List<Hold> holds = new ArrayList<>();
    Pause pause = state.ending().eventsBarred() ? null : state.course().pause();
    if (pause != null) {
      holds.add(paused(state, pause));
    }
    if (state.ending().isDraining()) {
      holds.add(draining(state));
      holds.addAll(GuardHolds.ofHosts(state));
      return holds;
    }
    if (pause == null && isWaitingForHosts(state)) {
      holds.add(waiting(state));
    }
    if (state.counts().failed() > 0 && state.counts().pending() > 0) {
      holds.add(budget(state));
    }
    Instant watched = state.course().zone().pauseUntil();
    if (watched.isAfter(now)) {
      holds.add(monitoring(state, watched));
    }
    Termination termination = state.switchover().termination();
    if (termination != null && !termination.isOver()) {
      holds.add(termination(state, termination));
    }
    holds.addAll(GuardHolds.of(state, now));
    RolloutHeld held = state.course().hold();
    if (held != null && (held.until() == null || held.until().isAfter(now))) {
      holds.add(
          new Hold(
              Hold.Kind.STRATEGY, List.of(), held.until(), "the strategy waits: " + held.why()));
    }
    return holds;
  }

  private static Hold awaited(RolloutState state) {
    Instant until = state.switchover().waitUntil();
    return new Hold(
        Hold.Kind.SWITCH_AWAITED,
        List.of(),
        until,
        "%d replacement hosts are ready; it is stopped at %s unless somebody asks for the traffic"
                .formatted(state.switchover().ready(), until)
            + " switch");
  }

  private static Hold termination(RolloutState state, Termination termination) {
    int originals = state.switchover().originals().succeeded();
    return new Hold(
        Hold.Kind.TERMINATION,
        List.of(),
        termination.due(),
        termination.isOrdered()
            ? "%d original hosts are to be ended; %d orders are not answered, and the next one goes out at %s"
                .formatted(originals, termination.attempt(), termination.due())
            : "traffic is switched; %d original hosts stay until %s, or until somebody asks for their end"
                .formatted(originals, termination.due()));
  }

  private static boolean isWaitingForHosts(RolloutState state) {
    return state.counts().inFlight() > 0
        && (state.definition().pace().batching() == Batching.WAVE
            || state.freeSlots() == 0
            || !Checkpoints.here(state).isEmpty()
            || !state.zoneHasPending());
  }

  private static Hold waiting(RolloutState state) {
    Counts counts = state.counts();
    String text = inFlight(state);
    if (counts.pending() > 0) {
      text += "; %d hosts start when there is room".formatted(counts.pending());
    }
    return new Hold(Hold.Kind.WAITING_FOR_HOSTS, state.idsInFlight(), lastDeadline(state), text);
  }

  private static Hold paused(RolloutState state, Pause pause) {
    String why = pause.reason().isEmpty() ? "" : ": " + pause.reason();
    return new Hold(
        Hold.Kind.PAUSED,
        state.idsInFlight(),
        null,
        "paused since %s%s; nothing starts until it is resumed, %s; %s"
            .formatted(pause.since(), why, giveUp(state), inFlight(state)));
  }

  private static String giveUp(RolloutState state) {
    return state.isTimeStopped()
        ? "however long that takes"
        : "and it is given up at %s if something still runs on a host then"
            .formatted(state.course().deadline());
  }

  private static Hold draining(RolloutState state) {
    RolloutState.Ending ending = state.ending();
    StopRequested stop = ending.stop();
    Instant until = ending.abandonAt();
    if (until == null && stop != null) {
      until = stop.forceAt();
    }
    return new Hold(
        Hold.Kind.STOPPING,
        state.idsInFlight(),
        until == null ? lastDeadline(state) : until,
        "no further host starts, because "
            + (ending.abort() != null && stop == null ? ending.abort().message() : "it was stopped")
            + "; "
            + inFlight(state));
  }

  private static Hold budget(RolloutState state) {
    List<HostId> failed = new ArrayList<>();
    for (HostState host : state.fleet().hosts()) {
      if (host.status() == HostStatus.FAILED || host.status() == HostStatus.UNREACHABLE) {
        failed.add(host.host().id());
      }
    }
    return new Hold(
        Hold.Kind.BUDGET_SPENT,
        failed,
        null,
        "failed hosts take up %d of the %d that may be off at once"
            .formatted(failed.size(), state.numbers().failureBudget()));
  }

  private static Hold monitoring(RolloutState state, Instant until) {
    int index = state.course().zone().index();
    return new Hold(
        Hold.Kind.ZONE_MONITOR,
        List.of(),
        until,
        "zone '%s' is watched until %s, then zone '%s' begins"
            .formatted(state.numbers().zones().get(index - 1).name(), until, state.zone().name()));
  }

  private static String inFlight(RolloutState state) {
    StringBuilder text = new StringBuilder();
    text.append(state.counts().inFlight()).append(" in flight");
    String separator = ": ";
    for (int position : state.fleet().hosts().inFlight(TOLD)) {
      text.append(separator).append(tell(state.host(position)));
      separator = "; ";
    }
    int more = state.counts().inFlight() - TOLD;
    return more > 0
        ? text.append(" and ").append(more).append(" more").toString()
        : text.toString();
  }

  private static String tell(HostState host) {
    RunningEvent running = host.running();
    Check check = host.check();
    if (running == null) {
      return check == null
          ? host.host().id() + " is between events"
          : check.isMissing()
              ? "%s waits for gate '%s', which is not known"
                  .formatted(host.host().id(), check.name())
              : "%s waits for gate '%s'%s, until %s at the latest"
                  .formatted(
                      host.host().id(),
                      check.name(),
                      check.message().isEmpty() ? "" : " (" + check.message() + ")",
                      check.deadline());
    }
    String text =
        "%s %s %s since %s, until %s at the latest"
            .formatted(
                host.host().id(),
                running.acknowledgedAt() == null ? "has been offered" : "runs",
                running.event().wireName(),
                running.offeredAt(),
                running.deadline());
    return host.lost() == null ? text : text + " (lost: " + Reasons.lost(host.lost()) + ")";
  }

  /** When the last of the events that run now must be over, or null when none runs. */
  private static @Nullable Instant lastDeadline(RolloutState state) {
    return state.fleet().hosts().inFlight().stream()
        .map(position -> state.host(position).deadline())
        .filter(deadline -> deadline.isBefore(Instant.MAX))
        .max(Instant::compareTo)
        .orElse(null);
  }
}
