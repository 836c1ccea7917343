package dev.slipway.engine.core;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RolloutEvent;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.strategy.Strategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what happens next in a rollout. Pure: the same state and inputs give the same decision.
 *
 * <p>Thread-safe as far as the strategy is.
 */
public final class RolloutCore {

  private final CheckedStrategy strategy;

  /**
   * A core for rollouts with one strategy.
   *
   * @param strategyName what errors call the strategy
   */
  public RolloutCore(String strategyName, Strategy strategy) {
    this.strategy = new CheckedStrategy(strategyName, strategy);
  }

  /**
   * Takes inputs into account, in their order, and decides what follows. Total: inputs that do not
   * fit are ignored.
   *
   * <p>The decision is made at the latest instant of the inputs, so the list should end with an
   * {@link Input.Tick} of now, or {@link Input.More} when there are more inputs than it holds: a
   * report that came in before its deadline is in time however late it is read, and new deadlines
   * count from now.
   */
  public Decision decide(RolloutState state, List<Input> inputs) {
    Deliberation deliberation = new Deliberation(state, instantOf(state, inputs));
    HostRules hosts = new HostRules(deliberation);
    ClockRules clocks = new ClockRules(deliberation, hosts);
    InputRules rules = new InputRules(deliberation, hosts);
    PaceRules pace = new PaceRules(deliberation, hosts::begin, strategy);
    for (Input input : inputs) {
      if (input.passesTime()) {
        clocks.pass(input.at());
      }
      input.accept(rules);
    }
    if (inputs.stream().allMatch(Input::passesTime)) {
      clocks.pass(deliberation.at());
    }
    pace.advance();
    return deliberation.decision();
  }

  /**
   * The state after an event. Deterministic; never asks a strategy.
   *
   * @param at when the event was decided, as recorded with it
   * @throws IllegalStateException when the event cannot follow, or its kind is unknown: the journal
   *     is not one of this rollout, or of a later release
   */
  public static RolloutState apply(RolloutState state, RolloutEvent event, Instant at) {
    return Transition.apply(state, event, at);
  }

  /**
   * What to do again after a restart, because it may not have been done: what hosts were offered,
   * what a forced stop ends, or the rollback of a rollout that is over.
   */
  public static List<Effect> pendingEffects(RolloutState state) {
    List<Effect> effects = new ArrayList<>();
    List<LifecycleEvent> events = state.definition().lifecycle().events();
    for (int position : state.fleet().hosts().inFlight()) {
      HostState host = state.host(position);
      RunningEvent running = host.running();
      if (running != null) {
        int next = events.indexOf(running.event()) + 1;
        effects.add(
            new Effect.Offer(
                host.host().id(),
                running.event(),
                running.attempt(),
                events.subList(next, events.size())));
        if (state.ending().abandonAt() != null) {
          effects.add(
              new Effect.Cancel(
                  host.host().id(), running.event(), running.attempt(), CancelMode.TERMINATE));
        }
      }
    }
    RollbackPlanned rollback = state.rollback();
    if (rollback != null) {
      effects.add(new Effect.StartRollback(rollback.rollback(), rollback.revision()));
    }
    return effects;
  }

  private static Instant instantOf(RolloutState state, List<Input> inputs) {
    Instant latest = state.course().at();
    for (Input input : inputs) {
      if (input.at().isAfter(latest)) {
        latest = input.at();
      }
    }
    return latest;
  }
}
