package dev.slipway.engine.core;

import dev.slipway.event.TerminationAwaited;
import dev.slipway.event.TerminationOrdered;
import dev.slipway.event.TerminationSettled;
import java.time.Duration;
import java.time.Instant;

/**
 * How the original hosts of a blue/green rollout end, once traffic has left them: they stay for a
 * while, or until somebody asks for their end; then the terminator is told, and told again while it
 * is away. What comes of it does not change that the rollout has succeeded.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BlueInstanceTerminationOption.html">
 *     CodeDeploy API reference, BlueInstanceTerminationOption</a>
 */
final class TerminationRules {

  /** How long the terminator has for an answer before it is told again. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int MOST_ORDERS = 60;

  private final Deliberation deliberation;

  TerminationRules(Deliberation deliberation) {
    this.deliberation = deliberation;
  }

  /** Whether a rollout that is done otherwise has still to see to the end of its original hosts. */
  static boolean isOpen(RolloutState state) {
    RolloutDefinition.Lifecycle.BlueGreen blueGreen = state.definition().lifecycle().blueGreen();
    Termination termination = state.switchover().termination();
    return blueGreen != null
        && blueGreen.termination() != null
        && state.switchover().originals().succeeded() > 0
        && (termination == null || !termination.isOver())
        && EndRules.wouldSucceed(state);
  }

  /** One step; false when there is none just now. */
  boolean step() {
    RolloutState state = deliberation.state();
    RolloutDefinition.Lifecycle.BlueGreen blueGreen = state.definition().lifecycle().blueGreen();
    if (blueGreen == null
        || blueGreen.termination() == null
        || state.switchover().termination() != null) {
      return false;
    }
    deliberation.note(
        new TerminationAwaited(deliberation.at().plus(blueGreen.termination().stay())));
    pass(deliberation.at());
    return false;
  }

  /** Sees whether something has fallen due by an instant. */
  void pass(Instant now) {
    RolloutState state = deliberation.state();
    Termination termination = state.switchover().termination();
    if (termination == null || termination.due().isAfter(now) || isHeld(state, termination)) {
      return;
    }
    if (termination.attempt() == MOST_ORDERS) {
      settle("the terminator has not answered %d orders".formatted(MOST_ORDERS));
    } else {
      order(termination, "");
    }
  }

  /** What was ordered once is nobody's to hold back. */
  private static boolean isHeld(RolloutState state, Termination termination) {
    return state.ending().isDraining()
        || (termination.orderedAt() == null && state.pause() != null);
  }

  /** Somebody wants the original hosts to end now. */
  void hurry(String reason) {
    RolloutState state = deliberation.state();
    Termination termination = state.switchover().termination();
    if (termination != null && termination.orderedAt() == null && !state.ending().isDraining()) {
      order(termination, reason.isEmpty() ? "on request" : reason);
    }
  }

  /** The terminator has answered. */
  void answered(String refusal) {
    Termination termination = deliberation.state().switchover().termination();
    if (termination != null && termination.isOrdered()) {
      settle(refusal);
    }
  }

  private void order(Termination termination, String reason) {
    int attempt = termination.attempt() + 1;
    deliberation.note(new TerminationOrdered(attempt, deliberation.at().plus(PATIENCE), reason));
    deliberation.order(effect(deliberation.state()));
  }

  private void settle(String refusal) {
    deliberation.note(new TerminationSettled(refusal));
  }

  /** What has the original hosts ended that are out of traffic. */
  static Effect.TerminateHosts effect(RolloutState state) {
    Termination termination = state.switchover().termination();
    return new Effect.TerminateHosts(
        state.definition().hosts().stream()
            .skip(state.numbers().hosts())
            .map(ScheduledHost::id)
            .toList(),
        termination == null ? 0 : termination.attempt());
  }
}
