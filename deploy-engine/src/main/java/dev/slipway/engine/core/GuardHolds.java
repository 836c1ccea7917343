package dev.slipway.engine.core;

import dev.slipway.guard.Approval;
import dev.slipway.rollout.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What holds a rollout beside its hosts, in words. */
final class GuardHolds {

  private GuardHolds() {}

  static List<Hold> of(RolloutState state, Instant now) {
    List<Hold> holds = new ArrayList<>();
    Watch watch = state.watch();
    Check alarms = watch.alarms();
    if (alarms != null && (alarms.verdict() == null || alarms.isMissing())) {
      holds.add(alarms(alarms));
    }
    Stand stand = watch.stand();
    if (stand != null) {
      addStand(holds, state, stand, now);
    }
    Watch.WindowState window = watch.window();
    if (window != null && window.isClosed()) {
      holds.add(
          new Hold(
              Hold.Kind.WINDOW,
              List.of(),
              window.until(),
              "no host starts since "
                  + window.since()
                  + ", because "
                  + window.why()
                  + (window.until() == null ? "" : "; it opens at " + window.until())));
    }
    return holds;
  }

  private static Hold alarms(Check alarms) {
    String text =
        alarms.isMissing()
            ? "the source of alarms '%s' is not known to the process that drives the rollout;"
                    .formatted(alarms.name())
                + " register it there, and the rollout goes on"
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
              "%s, and somebody must approve by %s%s"
                  .formatted(place, stand.approveBy(), question)));
    }
  }

  private static Hold gate(Check gate, String place) {
    if (gate.isMissing()) {
      return new Hold(
          Hold.Kind.GATE,
          List.of(),
          null,
          "%s, and gate '%s' is not known to the process that drives the rollout; register it there, and the rollout goes on"
              .formatted(place, gate.name()));
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
