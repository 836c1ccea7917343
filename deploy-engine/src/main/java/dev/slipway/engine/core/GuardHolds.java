package dev.slipway.engine.core;

import dev.slipway.fleet.HostId;
import dev.slipway.guard.Approval;
import dev.slipway.rollout.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What holds a rollout beside its hosts, in words. */
final class GuardHolds {

  private static final String NOT_KNOWN =
      "is not known to the process that drives the rollout; register it there, and the rollout goes"
          + " on";

  private GuardHolds() {}

  /** What holds hosts in flight. */
  static List<Hold> ofHosts(RolloutState state) {
    List<Hold> holds = new ArrayList<>();
    Watch.WindowState window = state.watch().window();
    boolean mayGoOn = state.counts().inFlight() > 0 && !state.ending().eventsBarred();
    if (window != null && window.isClosed() && window.drains() && mayGoOn) {
      holds.add(window(state, window));
    }
    addMissing(holds, state);
    return holds;
  }

  /** What holds hosts, in flight or not. */
  static List<Hold> of(RolloutState state, Instant now) {
    List<Hold> holds = new ArrayList<>();
    Watch watch = state.watch();
    Check alarms = watch.alarms();
    if (alarms != null && (alarms.verdict() == null || alarms.isMissing())) {
      holds.add(alarms(alarms));
    }
    addMissing(holds, state);
    Stand stand = watch.stand();
    if (stand != null) {
      addStand(holds, state, stand, now);
    }
    Watch.WindowState window = watch.window();
    if (window != null && window.isClosed()) {
      holds.add(window(state, window));
    }
    return holds;
  }

  /** Names the hosts that nobody can judge: their number does not grow, and no deadline counts. */
  private static void addMissing(List<Hold> holds, RolloutState state) {
    Map<String, List<HostId>> hosts = new TreeMap<>();
    for (int position : state.fleet().hosts().inFlight()) {
      HostState host = state.host(position);
      Check check = host.check();
      if (check != null && check.isMissing()) {
        hosts.computeIfAbsent(check.name(), unused -> new ArrayList<>()).add(host.host().id());
      }
    }
    hosts.forEach(
        (gate, waiting) ->
            holds.add(
                new Hold(
                    Hold.Kind.GATE,
                    waiting,
                    null,
                    "%d hosts, %s first, wait for gate '%s', which %s"
                        .formatted(waiting.size(), waiting.get(0), gate, NOT_KNOWN))));
  }

  private static Hold window(RolloutState state, Watch.WindowState window) {
    return new Hold(
        Hold.Kind.WINDOW,
        window.drains() ? state.idsInFlight() : List.of(),
        window.until(),
        "no host starts%s since %s, because %s%s"
            .formatted(
                window.drains() ? ", and none goes on to its next lifecycle event," : "",
                window.since(),
                window.why(),
                window.until() == null ? "" : "; it opens at " + window.until()));
  }

  private static Hold alarms(Check alarms) {
    String text =
        alarms.isMissing()
            ? "the source of alarms '%s' %s".formatted(alarms.name(), NOT_KNOWN)
            : "no host starts before the alarms of '%s' are read".formatted(alarms.name());
    return new Hold(
        Hold.Kind.ALARM, List.of(), alarms.isMissing() ? null : alarms.deadline(), text);
  }

  private static void addStand(List<Hold> holds, RolloutState state, Stand stand, Instant now) {
    String place =
        "%d of %d hosts have started"
            .formatted(state.numbers().hosts() - state.counts().pending(), state.numbers().hosts());
    if (stand.bakeUntil().isAfter(now)) {
      holds.add(
          new Hold(
              Hold.Kind.BAKE,
              List.of(),
              stand.bakeUntil(),
              place + ", and they are watched until " + stand.bakeUntil()));
    }
    for (Check gate : stand.gates()) {
      if (!gate.isPassed()) {
        holds.add(gate(gate, place));
      }
    }
    if (stand.approveBy() != null) {
      Approval approval = Checkpoints.here(state).approval();
      String question =
          approval == null || approval.question().isEmpty() ? "" : ": " + approval.question();
      holds.add(
          new Hold(
              Hold.Kind.APPROVAL,
              List.of(),
              stand.approveBy(),
              "%s, and somebody must approve checkpoint %d by %s%s"
                  .formatted(place, stand.number(), stand.approveBy(), question)));
    }
  }

  private static Hold gate(Check gate, String place) {
    if (gate.isMissing()) {
      return new Hold(
          Hold.Kind.GATE,
          List.of(),
          null,
          "%s, and gate '%s' %s".formatted(place, gate.name(), NOT_KNOWN));
    }
    return new Hold(
        Hold.Kind.GATE,
        List.of(),
        gate.deadline(),
        "%s, and gate '%s' must pass by %s%s"
            .formatted(
                place,
                gate.name(),
                gate.deadline(),
                gate.message().isEmpty() ? "" : " (" + gate.message() + ")"));
  }
}
