package dev.slipway.testkit.exhaustive;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Decision;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.RolloutEvent;
import dev.slipway.event.StopRequested;
import dev.slipway.fleet.HostId;
import dev.slipway.strategy.Strategies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The production core for one small rollout, with states as numbers: the same state has the same
 * number, so that a search knows where it has been. All of it happens at one instant.
 */
final class Decisions {

  static final int HOSTS = 3;

  /** The item of the inbox that asks for a stop; item i below it says that host i has finished. */
  static final int STOP = 1 << HOSTS;

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Diagnostics FAILED = Diagnostics.unknownError("no");

  private final RolloutCore core = new RolloutCore("as-many-as-may", Strategies.asManyAsMay());
  private final RolloutDefinition definition;
  private final Map<RolloutState, Integer> numbers = new HashMap<>();
  private final List<RolloutState> states = new ArrayList<>();
  private final List<Facts> facts = new ArrayList<>();
  private final BitSet stopping = new BitSet();
  private final Map<Question, Answer> answers = new HashMap<>();

  /**
   * What the core is asked.
   *
   * @param state number of the state
   * @param items of the inbox, as bits
   * @param bad hosts whose event has failed, as bits
   * @param stopFirst whether the stop came in before the others
   */
  private record Question(int state, int items, int bad, boolean stopFirst) {}

  /**
   * What it decides.
   *
   * @param events what is to be committed
   * @param state number of the state after that
   * @param offers hosts that are offered the event, as bits
   */
  record Answer(List<RolloutEvent> events, int state, int offers) {}

  Decisions(int floor) {
    definition =
        new RolloutDefinition(
            new DeploymentId("d-AAAAAAAAA"),
            Creator.USER,
            IntStream.range(0, HOSTS).mapToObj(host -> new ScheduledHost(id(host), "", 0)).toList(),
            RolloutDefinition.Pace.of(
                DeploymentConfig.custom("small", MinimumHealthyHosts.hostCount(floor))),
            new RolloutDefinition.Lifecycle(List.of(LifecycleEvent.INSTALL), false, 1),
            new RollbackPolicy(Set.of(), new DeploymentId("d-BBBBBBBBB"), null));
    number(RolloutState.created(definition));
  }

  private static HostId id(int host) {
    return new HostId("host-" + host);
  }

  /** The number of the state before anything has happened. */
  static int created() {
    return 0;
  }

  Answer decide(int state, int items, int bad, boolean stopFirst) {
    return answers.computeIfAbsent(
        new Question(state, items, bad, stopFirst),
        question -> {
          Decision decision = core.decide(states.get(state), inputs(question));
          int after = number(decision.state());
          noteStop(state, decision.events(), after);
          return new Answer(decision.events(), after, offers(decision.effects()));
        });
  }

  private List<Input> inputs(Question question) {
    List<Input> inputs = new ArrayList<>();
    if (states.get(question.state).status() == DeploymentStatus.CREATED) {
      inputs.add(new Input.Begin(NOW));
    }
    List<Input> finished = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      if ((question.items & 1 << host) != 0) {
        boolean failed = (question.bad & 1 << host) != 0;
        finished.add(
            new Input.Finished(
                NOW, id(host), LifecycleEvent.INSTALL, 1, failed ? FAILED : Diagnostics.SUCCEEDED));
      }
    }
    inputs.addAll(finished);
    if ((question.items & STOP) != 0) {
      Input stop = new Input.Stop(NOW, ErrorCode.MANUAL_STOP, RollbackWish.AS_CONFIGURED, null, "");
      inputs.add(question.stopFirst ? inputs.size() - finished.size() : inputs.size(), stop);
    }
    inputs.add(new Input.Tick(NOW));
    return inputs;
  }

  /** The number of the state after events that were decided on another one. */
  int apply(int state, List<RolloutEvent> events) {
    RolloutState after = states.get(state);
    for (RolloutEvent event : events) {
      after = RolloutCore.apply(after, event, NOW);
    }
    int number = number(after);
    noteStop(state, events, number);
    return number;
  }

  private void noteStop(int before, List<RolloutEvent> events, int after) {
    if (stopping.get(before) || events.stream().anyMatch(StopRequested.class::isInstance)) {
      stopping.set(after);
    }
  }

  /** Whether a stop has been taken into account. */
  boolean isStopping(int state) {
    return stopping.get(state);
  }

  /** What a new owner does again. */
  int pending(int state) {
    return offers(RolloutCore.pendingEffects(states.get(state)));
  }

  private int offers(List<Effect> effects) {
    int hosts = 0;
    for (Effect effect : effects) {
      if (effect instanceof Effect.Offer offer) {
        hosts |= 1 << states.get(0).positionOf(offer.host()).orElseThrow();
      }
    }
    return hosts;
  }

  private int number(RolloutState state) {
    Integer known = numbers.putIfAbsent(state, states.size());
    if (known == null) {
      states.add(state);
      facts.add(Facts.of(state));
      return states.size() - 1;
    }
    return known;
  }

  int failureBudget() {
    return states.get(0).numbers().failureBudget();
  }

  Facts facts(int state) {
    return facts.get(state);
  }

  /**
   * What a search asks of a state again and again.
   *
   * @param over whether the rollout is over
   * @param off how many hosts are in flight or have failed
   * @param offered hosts that have been offered the event, as bits
   * @param succeeded hosts that have succeeded, as bits
   * @param sound whether it is not a success that should be none
   */
  record Facts(boolean over, int off, int offered, int succeeded, boolean sound) {

    static Facts of(RolloutState state) {
      int offered = 0;
      int succeeded = 0;
      for (int host = 0; host < HOSTS; host++) {
        HostStatus status = state.statusOf(host);
        if (status != HostStatus.PENDING && status != HostStatus.SKIPPED) {
          offered |= 1 << host;
        }
        if (status == HostStatus.SUCCEEDED) {
          succeeded |= 1 << host;
        }
      }
      return new Facts(
          state.status().isTerminal(),
          state.counts().failed() + state.counts().inFlight(),
          offered,
          succeeded,
          state.status() != DeploymentStatus.SUCCEEDED || isEnough(state));
    }

    private static boolean isEnough(RolloutState state) {
      return state.counts().pending() == 0
          && state.counts().succeeded() >= Math.max(state.numbers().minimumHealthy(), 1);
    }
  }
}
