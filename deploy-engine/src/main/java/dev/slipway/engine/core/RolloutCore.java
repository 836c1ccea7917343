package dev.slipway.engine.core;

import dev.slipway.deployment.HostStatus;
import dev.slipway.event.CheckKind;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutEvent;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficReference;
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

  private RolloutCore(CheckedStrategy strategy) {
    this.strategy = strategy;
  }

  /**
   * A core for rollouts whose strategy is not known here: what runs goes on to its end, a stop and
   * deadlines act, and no further host starts until a core that knows the strategy decides.
   *
   * @param strategyName what the strategy is called
   * @param version its version
   */
  public static RolloutCore withoutStrategy(String strategyName, int version) {
    return new RolloutCore(CheckedStrategy.missing(strategyName, version));
  }

  /**
   * A core for rollouts whose traffic control is not known here: hosts that it shall switch wait,
   * and no further host starts until a core that knows it decides.
   */
  public static RolloutCore withoutTraffic(TrafficReference control) {
    return new RolloutCore(CheckedStrategy.missing(control));
  }

  /**
   * A core for rollouts whose strategy or traffic control is known and cannot be made now: as with
   * one that is not known, until a core that has it decides.
   *
   * @param part which, in words
   * @param failure why
   */
  public static RolloutCore without(String part, String failure) {
    return new RolloutCore(CheckedStrategy.lacking(part, failure));
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
    TrafficRules traffic = new TrafficRules(deliberation, hosts);
    ClockRules clocks = new ClockRules(deliberation, hosts, traffic);
    InputRules rules = new InputRules(deliberation, hosts, traffic);
    GuardRules guards = new GuardRules(deliberation, hosts);
    WindowRules windows = new WindowRules(deliberation, hosts);
    PaceRules pace =
        new PaceRules(deliberation, hosts::begin, hosts::goOnAfterSwitch, strategy, guards);
    // Before all else: what hosts run next counts from now, however early they have said so.
    windows.close(deliberation.at());
    for (Input input : inputs) {
      if (input.passesTime()) {
        clocks.pass(input.at());
        guards.pass(input.at());
      }
      input.accept(rules);
    }
    if (inputs.stream().noneMatch(Input::hasMoreBehind)) {
      clocks.pass(deliberation.at());
      guards.pass(deliberation.at());
      windows.pass(deliberation.at());
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
   * what was ended because it took too long or by force, which hosts the rollout is done with, and
   * the rollback of a rollout that is over. All of it is harmless when it has been done.
   */
  public static List<Effect> pendingEffects(RolloutState state) {
    List<Effect> effects = new ArrayList<>();
    for (HostState host : state.fleet().hosts()) {
      if (host.status() == HostStatus.IN_PROGRESS) {
        addPending(effects, state, host);
      } else if (host.status().isTerminal()) {
        addDone(effects, host);
      } else if (host.status() == HostStatus.READY && state.ending().isDraining()) {
        effects.add(new Effect.Release(host.host().id()));
      }
    }
    if (!state.ending().isDraining()) {
      addOpen(effects, state);
    }
    Termination termination = state.switchover().termination();
    if (termination != null && termination.isOrdered()) {
      effects.add(TerminationRules.effect(state));
    }
    RolloutEnded ended = state.ended();
    RollbackPlanned rollback = state.rollback();
    if (ended != null && rollback != null) {
      effects.add(new Effect.StartRollback(rollback.rollback(), rollback.revision()));
    }
    return effects;
  }

  private static void addOpen(List<Effect> effects, RolloutState state) {
    Check alarms = state.watch().alarms();
    if (alarms != null && alarms.isOpen()) {
      effects.add(new Effect.Ask(CheckKind.ALARMS, alarms.name(), null, alarms.round(), List.of()));
    }
    Stand stand = state.watch().stand();
    if (stand != null) {
      stand.gates().stream()
          .filter(Check::isOpen)
          .forEach(gate -> effects.add(GuardRules.ask(state, gate.name(), gate.round())));
    }
  }

  private static void addPending(List<Effect> effects, RolloutState state, HostState host) {
    RunningEvent running = host.running();
    HostId id = host.host().id();
    Check check = host.check();
    if (check != null && check.isOpen()) {
      effects.add(new Effect.Ask(CheckKind.HOST_GATE, check.name(), id, check.round(), List.of()));
    }
    if (running == null) {
      return;
    }
    effects.add(HostRules.order(state, id, running.event(), running.attempt()));
    if (state.ending().abandonAt() != null && !running.event().isControlSide()) {
      effects.add(new Effect.Cancel(id, running.event(), running.attempt(), CancelMode.TERMINATE));
    }
  }

  private static void addDone(List<Effect> effects, HostState host) {
    HostId id = host.host().id();
    EventRun last = host.lastRun();
    if (last != null && last.cancelled() != null) {
      effects.add(new Effect.Cancel(id, last.event(), last.attempt(), last.cancelled()));
    }
    effects.add(new Effect.Release(id));
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
