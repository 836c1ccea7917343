package dev.slipway.engine.simulation;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Decision;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.event.CheckpointReached;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.SwitchAwaited;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One rollout on virtual time: what is due next is what happens next, and time jumps to it. Among
 * inputs of one instant the seed chooses.
 */
final class VirtualRun implements Effect.Performer, EventVisitor {

  /** When virtual time begins. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration ANSWERED_AFTER = Duration.ofSeconds(1);

  private final RolloutCore core;
  private final HostModel hosts;
  private final Function<Decision, List<Effect>> shell;
  private final CheckModel checks;
  private final SplittableRandom ties;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(
          Comparator.comparing(Due::at).thenComparingInt(Due::tie).thenComparingLong(Due::number));

  /** Hosts are in service unless they were switched, which takes no time. */
  private final Map<HostId, TrafficState> traffic = new HashMap<>();

  private RolloutState state;
  private Instant now = START;
  private @Nullable Instant wakeAt;
  private long queued;

  private record Due(Instant at, int tie, long number, Input input) {}

  /**
   * A run that has not begun.
   *
   * @param shell sees each decision, and says which effects are done
   */
  VirtualRun(
      RolloutState created,
      RolloutCore core,
      HostModel hosts,
      CheckModel checks,
      long seed,
      Function<Decision, List<Effect>> shell) {
    this.state = created;
    this.core = core;
    this.hosts = hosts;
    this.checks = checks;
    this.ties = new SplittableRandom(seed);
    this.shell = shell;
  }

  /** Lets an input come in at an instant. */
  void at(Instant instant, Function<Instant, Input> input) {
    queue.add(new Due(instant, ties.nextInt(), queued++, input.apply(instant)));
  }

  /** Runs from the beginning until nothing is due any more, late reports included. */
  RolloutState run() {
    decide(new Input.Begin(START));
    while (true) {
      Due due = queue.peek();
      if (wakeAt != null && (due == null || wakeAt.isBefore(due.at()))) {
        decide(new Input.Tick(wakeAt));
      } else if (due != null) {
        queue.remove();
        decide(due.input());
      } else {
        return state;
      }
    }
  }

  private void decide(Input input) {
    now = input.at();
    Decision decision = core.decide(state, List.of(input));
    state = decision.state();
    wakeAt = decision.wakeAt();
    decision.events().forEach(event -> event.accept(this));
    shell.apply(decision).forEach(effect -> effect.perform(this));
  }

  @Override
  public void offer(Effect.Offer effect) {
    int position = state.positionOf(effect.host()).orElseThrow();
    for (HostModel.Report report : hosts.reports(position, effect)) {
      at(now.plus(report.after()), report.input());
    }
  }

  /** Whoever is asked answers, and what was planned to rest is resumed. */
  @Override
  public void checkpointReached(CheckpointReached event) {
    Function<Instant, Input> answer = checks.approval();
    if (answer == null) {
      return;
    }
    if (event.approveBy() != null) {
      at(now.plus(ANSWERED_AFTER), answer);
    }
    at(event.bakeUntil().plus(ANSWERED_AFTER), at -> new Input.Resume(at, "simulated"));
  }

  @Override
  public void switchAwaited(SwitchAwaited event) {
    if (checks.approval() != null) {
      at(now.plus(ANSWERED_AFTER), at -> new Input.SwitchTraffic(at, "simulated"));
    }
  }

  @Override
  public void ask(Effect.Ask effect) {
    at(
        now.plus(ANSWERED_AFTER),
        at ->
            new Input.Answered(
                at,
                effect.check(),
                effect.name(),
                effect.host(),
                effect.round(),
                checks.verdict(effect),
                "simulated",
                ANSWERED_AFTER));
  }

  @Override
  public void cancel(Effect.Cancel effect) {}

  @Override
  public void release(Effect.Release effect) {}

  @Override
  public void switchTraffic(Effect.SwitchTraffic effect) {
    traffic.put(
        effect.host(),
        effect.event() == LifecycleEvent.BLOCK_TRAFFIC
            ? TrafficState.OUT_OF_SERVICE
            : TrafficState.IN_SERVICE);
  }

  @Override
  public void lookAtTraffic(Effect.LookAtTraffic effect) {
    Map<HostId, TrafficState> states = new TreeMap<>();
    for (HostId host : effect.hosts()) {
      states.put(host, traffic.getOrDefault(host, TrafficState.IN_SERVICE));
    }
    Instant lookedAt = now;
    at(now, instant -> new Input.TrafficSeen(instant, lookedAt, states));
  }

  @Override
  public void terminateHosts(Effect.TerminateHosts effect) {
    at(now, instant -> new Input.Terminated(instant, effect.attempt(), ""));
  }

  @Override
  public void startRollback(Effect.StartRollback effect) {}
}
