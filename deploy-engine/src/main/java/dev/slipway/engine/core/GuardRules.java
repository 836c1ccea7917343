package dev.slipway.engine.core;

import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.event.CheckAnswered;
import dev.slipway.event.CheckAsked;
import dev.slipway.event.CheckKind;
import dev.slipway.event.CheckVerdict;
import dev.slipway.event.CheckpointPassed;
import dev.slipway.event.CheckpointReached;
import dev.slipway.event.PulseHeard;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutApproved;
import dev.slipway.event.RolloutPaused;
import dev.slipway.event.StopRequested;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Pulse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout waits for beside its hosts: checkpoints with their bakes, gates and approvals,
 * alarms, and a pulse. Gates of single hosts are {@link HostGates}', windows {@link WindowRules}'.
 */
final class GuardRules {

  /** How often a gate is asked during a bake. */
  static final Duration WHILE_BAKING = Duration.ofSeconds(30);

  /** How soon somebody is asked again who was not known. */
  static final Duration WHILE_MISSING = Duration.ofSeconds(30);

  /** How long alarms may take to be read before they count as unreadable. */
  private static final Duration ALARMS_WITHIN = Duration.ofMinutes(5);

  /** How long a gate has to answer, at least, to whoever has taken the rollout over. */
  private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(1);

  private final Deliberation deliberation;
  private final HostRules hosts;

  GuardRules(Deliberation deliberation, HostRules hosts) {
    this.deliberation = deliberation;
    this.hosts = hosts;
  }

  /** Sees to what is needed from the first instant on. */
  void begin() {
    AlarmWatch alarms = deliberation.definition().guards().alarms();
    if (alarms != null) {
      askAlarms(alarms);
    }
  }

  /** Sees what has fallen due. */
  void pass(Instant now) {
    RolloutState state = deliberation.state();
    if (!isGoing(state)) {
      return;
    }
    passPulse(state, now);
    passAlarms(deliberation.state(), now);
    passStand(deliberation.state(), now);
  }

  private static boolean isGoing(RolloutState state) {
    return state.isUnderWay() && !state.ending().isDraining() && !state.switchover().isFinal();
  }

  private void passPulse(RolloutState state, Instant now) {
    Pulse pulse = state.definition().guards().pulse();
    Instant by = state.watch().pulseBy();
    if (pulse == null || by == null || by.isAfter(now)) {
      return;
    }
    String why = "no pulse has come within " + pulse.within() + ", by " + by;
    if (pulse.silence() == Pulse.Silence.STOP) {
      stop(ErrorCode.MANUAL_STOP, why);
    } else if (state.course().pause() == null) {
      deliberation.note(new RolloutPaused(why));
    }
  }

  private void passAlarms(RolloutState state, Instant now) {
    AlarmWatch alarms = state.definition().guards().alarms();
    Check check = state.watch().alarms();
    if (alarms == null || check == null || !isGoing(state) || check.due().isAfter(now)) {
      return;
    }
    if (check.isOpen()) {
      unreadable(alarms, "they were not read within " + ALARMS_WITHIN);
    } else {
      askAlarms(alarms);
    }
  }

  private void passStand(RolloutState state, Instant now) {
    Stand stand = state.watch().stand();
    if (stand == null || !isGoing(state)) {
      return;
    }
    Instant approveBy = stand.approveBy();
    if (approveBy != null && !approveBy.isAfter(now)) {
      stop(ErrorCode.MANUAL_STOP, "nobody has approved it by " + approveBy);
      return;
    }
    for (Check gate : stand.gates()) {
      if (gate.due().isAfter(now)) {
        continue;
      }
      if (gate.askAgainAt() != null && !gate.askAgainAt().isAfter(now)) {
        askAgain(gate, gate.isMissing() ? null : gate.deadline());
      } else {
        refuse(gate.name(), "it has not passed by " + gate.deadline() + lastWords(gate));
        return;
      }
    }
  }

  /**
   * Asks what has not been answered once more, with time for the answer: nobody may have been there
   * to hear it.
   */
  void askAnew() {
    RolloutState state = deliberation.state();
    if (!isGoing(state)) {
      return;
    }
    AlarmWatch alarms = state.definition().guards().alarms();
    Check check = state.watch().alarms();
    if (alarms != null && check != null && check.isOpen()) {
      askAlarms(alarms);
    }
    Stand stand = state.watch().stand();
    if (stand != null) {
      stand.gates().stream()
          .filter(gate -> !gate.isPassed())
          .forEach(gate -> askAgain(gate, anew(gate, deliberation.at())));
    }
  }

  /** Until when a gate must pass that is asked by whoever has taken the rollout over. */
  static Instant anew(Check gate, Instant at) {
    Instant earliest = at.plus(ANSWERED_WITHIN);
    return gate.deadline().isBefore(earliest) ? earliest : gate.deadline();
  }

  static String lastWords(Check gate) {
    return gate.message().isEmpty() ? "" : ": " + gate.message();
  }

  private void askAgain(Check gate, @Nullable Instant deadline) {
    for (GateReference reference : Checkpoints.here(deliberation.state()).gates()) {
      if (reference.label().equals(gate.name())) {
        ask(reference, deadline);
      }
    }
  }

  private void ask(GateReference gate, @Nullable Instant deadline) {
    int round = deliberation.nextRound();
    Stand stand = deliberation.state().watch().stand();
    Instant from = stand == null ? deliberation.at() : stand.bakeUntil();
    Instant counted = from.isAfter(deliberation.at()) ? from : deliberation.at();
    deliberation.note(
        new CheckAsked(
            CheckKind.FLEET_GATE,
            gate.label(),
            null,
            round,
            deadline == null ? counted.plus(gate.within()) : deadline));
    deliberation.order(ask(deliberation.state(), gate.label(), round));
  }

  /** What has a gate of the fleet asked. */
  static Effect ask(RolloutState state, String gate, int round) {
    List<HostId> updated = new ArrayList<>();
    for (int position = 0; position < state.numbers().hosts(); position++) {
      HostState host = state.host(position);
      if (host.status() == HostStatus.SUCCEEDED) {
        updated.add(host.host().id());
      }
    }
    return new Effect.Ask(CheckKind.FLEET_GATE, gate, null, round, updated);
  }

  private void askAlarms(AlarmWatch alarms) {
    int round = deliberation.nextRound();
    deliberation.note(
        new CheckAsked(
            CheckKind.ALARMS, alarms.source(), null, round, deliberation.at().plus(ALARMS_WITHIN)));
    deliberation.order(new Effect.Ask(CheckKind.ALARMS, alarms.source(), null, round, List.of()));
  }

  /**
   * Goes on at a checkpoint at which all hosts have ended; says whether there may be more to do.
   */
  boolean stand() {
    RolloutState state = deliberation.state();
    int started = state.numbers().hosts() - state.counts().pending();
    Checkpoints.Place here = Checkpoints.here(state);
    Stand stand = state.watch().stand();
    if (stand == null) {
      reach(here, started);
      return true;
    }
    boolean passes =
        state.pause() == null
            && stand.approveBy() == null
            && !stand.bakeUntil().isAfter(deliberation.at())
            && stand.gates().stream().allMatch(Check::isPassed);
    if (passes) {
      deliberation.note(new CheckpointPassed(started));
    }
    return passes;
  }

  private void reach(Checkpoints.Place here, int started) {
    Instant at = deliberation.at();
    deliberation.note(
        new CheckpointReached(
            started,
            at.plus(here.bake()),
            here.approval() == null ? null : at.plus(here.bake()).plus(here.approval().within())));
    here.gates().forEach(gate -> ask(gate, null));
    if (here.pause() && deliberation.state().pause() == null) {
      deliberation.note(
          new RolloutPaused(
              "as planned after %d of %d hosts"
                  .formatted(started, deliberation.state().numbers().hosts())));
    }
  }

  /** Takes an answer about the fleet in. */
  void answered(Input.Answered answer) {
    RolloutState state = deliberation.state();
    if (!isGoing(state)) {
      return;
    }
    if (answer.check() == CheckKind.ALARMS) {
      alarmsAnswered(state, answer);
    } else {
      gateAnswered(state, answer);
    }
  }

  private void alarmsAnswered(RolloutState state, Input.Answered answer) {
    AlarmWatch alarms = state.definition().guards().alarms();
    Check check = state.watch().alarms();
    if (alarms == null || check == null || !answer.answers(check)) {
      return;
    }
    switch (answer.verdict()) {
      case REFUSED -> {
        note(answer, null);
        stop(ErrorCode.ALARM_ACTIVE, answer.message());
      }
      case PASSED -> note(answer, deliberation.at().plus(alarms.every()));
      case MISSING, NOT_YET -> note(answer, deliberation.at().plus(WHILE_MISSING));
      case UNREADABLE -> unreadable(alarms, answer.message());
    }
  }

  private void unreadable(AlarmWatch alarms, String why) {
    boolean goesOn = alarms.ignorePollAlarmFailure();
    deliberation.note(
        new CheckAnswered(
            CheckKind.ALARMS,
            alarms.source(),
            null,
            CheckVerdict.UNREADABLE,
            why,
            goesOn ? deliberation.at().plus(alarms.every()) : null));
    if (!goesOn) {
      stop(ErrorCode.ALARM_ACTIVE, "the alarms cannot be read: " + why);
    }
  }

  private void gateAnswered(RolloutState state, Input.Answered answer) {
    Stand stand = state.watch().stand();
    if (stand == null) {
      return;
    }
    for (Check gate : stand.gates()) {
      if (gate.name().equals(answer.name()) && answer.answers(gate)) {
        take(answer, stand);
        return;
      }
    }
  }

  private void take(Input.Answered answer, Stand stand) {
    Instant at = deliberation.at();
    switch (answer.verdict()) {
      case PASSED -> note(answer, stand.bakeUntil().isAfter(at) ? nextWhileBaking(stand) : null);
      case REFUSED -> {
        note(answer, null);
        refuse(answer.name(), answer.message());
      }
      case MISSING -> note(answer, at.plus(WHILE_MISSING));
      case NOT_YET, UNREADABLE -> note(answer, at.plus(answer.again()));
    }
  }

  private Instant nextWhileBaking(Stand stand) {
    Instant soon = deliberation.at().plus(WHILE_BAKING);
    return soon.isBefore(stand.bakeUntil()) ? soon : stand.bakeUntil();
  }

  private void note(Input.Answered answer, @Nullable Instant again) {
    deliberation.note(
        new CheckAnswered(
            answer.check(),
            answer.name(),
            answer.host(),
            answer.verdict(),
            answer.message(),
            again));
  }

  private void refuse(String gate, String why) {
    deliberation.note(
        new RolloutAborted(
            ErrorCode.HEALTH_CONSTRAINTS,
            "gate '%s' refused%s; %s"
                .formatted(
                    gate, why.isEmpty() ? "" : ": " + why, Reasons.numbers(deliberation.state()))));
  }

  private void stop(ErrorCode cause, String why) {
    deliberation.note(new StopRequested(cause, RollbackWish.AS_CONFIGURED, null, why));
    hosts.goOnBetweenEvents();
  }

  /** Somebody approves. */
  void approve(Input.Approve input) {
    if (isAwaited(input.checkpoint())) {
      deliberation.note(new RolloutApproved(input.by(), input.comment()));
    }
  }

  /** Somebody does not: the rollout is stopped, if it is asked for. */
  void reject(Input.Reject input) {
    if (isAwaited(input.checkpoint())) {
      String who = input.by().isEmpty() ? "rejected" : "rejected by " + input.by();
      stop(ErrorCode.MANUAL_STOP, input.comment().isEmpty() ? who : who + ": " + input.comment());
    }
  }

  /** Whether it waits for what somebody says of this checkpoint; null means any. */
  private boolean isAwaited(@Nullable Integer checkpoint) {
    OptionalInt awaited = deliberation.state().awaitedApproval();
    return awaited.isPresent() && (checkpoint == null || checkpoint == awaited.getAsInt());
  }

  /** The sign of life has come. */
  void pulse() {
    RolloutState state = deliberation.state();
    Pulse pulse = state.definition().guards().pulse();
    if (pulse != null && isGoing(state)) {
      deliberation.note(new PulseHeard(deliberation.at().plus(pulse.within())));
    }
  }
}
