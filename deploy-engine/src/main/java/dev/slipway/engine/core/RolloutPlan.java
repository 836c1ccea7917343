package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.HostStatus;
import dev.slipway.event.CheckKind;
import dev.slipway.event.CheckVerdict;
import dev.slipway.event.HostFinished;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutResumed;
import dev.slipway.event.RolloutStarted;
import dev.slipway.fleet.HostId;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.WaveView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a rollout would go if all hosts succeeded.
 *
 * @param minimumHealthy the floor, M
 * @param failureBudget how many hosts may be off or failed, B = N - M; not positive when it cannot
 *     start
 * @param zones the zones in order; one without a name when it is not zonal
 * @param waves the hosts that would start together, in order; what the floor or a zone splits is
 *     split here
 * @param error why it cannot start or would not end well, or null
 */
public record RolloutPlan(
    int minimumHealthy,
    int failureBudget,
    List<ZoneSlice> zones,
    List<List<HostId>> waves,
    @Nullable ErrorInformation error) {

  /** Copies the lists in. */
  public RolloutPlan {
    zones = List.copyOf(zones);
    waves = waves.stream().map(List::copyOf).toList();
  }

  /**
   * Plans a rollout. The strategy is asked as it would be, with hosts that take no time; an instant
   * at which it wants to be asked again counts from {@link Instant#EPOCH}. Gates pass, and whoever
   * is asked approves; alarms and the time of day play no part.
   *
   * @param strategyName what errors call the strategy
   */
  public static RolloutPlan of(
      RolloutDefinition definition, String strategyName, Strategy strategy) {
    Numbers numbers = Numbers.of(definition);
    ErrorInformation refusal = numbers.refusal(definition);
    if (refusal != null) {
      return plan(numbers, List.of(), refusal);
    }
    RolloutState state =
        run(
            definition.with(definition.guards().timeless()),
            new CheckedStrategy(strategyName, strategy));
    RolloutEnded ended = state.ended();
    return plan(
        numbers,
        state.course().waves().stream().map(WaveView::hosts).toList(),
        ended == null ? null : ended.error());
  }

  private static RolloutPlan plan(
      Numbers numbers, List<List<HostId>> waves, @Nullable ErrorInformation error) {
    return new RolloutPlan(
        numbers.minimumHealthy(), numbers.failureBudget(), numbers.zones(), waves, error);
  }

  /** Lets everything be well where the rollout stands. */
  private static void passCheckpoint(Deliberation deliberation, GuardRules guards) {
    Stand stand = deliberation.state().watch().stand();
    if (stand == null) {
      return;
    }
    guards.approve(new Input.Approve(deliberation.at(), null, "", ""));
    for (Check gate : stand.gates()) {
      if (gate.isOpen()) {
        guards.answered(
            new Input.Answered(
                deliberation.at(),
                CheckKind.FLEET_GATE,
                gate.name(),
                null,
                gate.round(),
                CheckVerdict.PASSED,
                "",
                Duration.ZERO));
      }
    }
    if (deliberation.state().course().pause() != null) {
      deliberation.note(new RolloutResumed(""));
    }
  }

  /** Lets each wave succeed as soon as it has started. */
  private static RolloutState run(RolloutDefinition definition, CheckedStrategy strategy) {
    RolloutState state =
        Transition.apply(
            RolloutState.created(definition),
            new RolloutStarted(
                Numbers.of(definition).hosts(),
                Numbers.of(definition).minimumHealthy(),
                Numbers.of(definition).failureBudget(),
                Instant.EPOCH.plus(definition.pace().clocks().rollout())),
            Instant.EPOCH);
    Instant now = Instant.EPOCH;
    while (state.status() == DeploymentStatus.IN_PROGRESS) {
      Deliberation deliberation = new Deliberation(state, now);
      List<HostId> started = new ArrayList<>();
      HostRules hosts = new HostRules(deliberation);
      GuardRules guards = new GuardRules(deliberation, hosts);
      new ClockRules(deliberation, hosts, new TrafficRules(deliberation, hosts)).pass(now);
      guards.pass(now);
      new PaceRules(deliberation, started::add, host -> {}, strategy, guards).advance();
      started.forEach(host -> deliberation.note(new HostFinished(host, HostStatus.SUCCEEDED, "")));
      passCheckpoint(deliberation, guards);
      state = deliberation.state();
      Instant wakeAt = WakeUp.of(state, now);
      Stand stand = state.watch().stand();
      if (stand != null) {
        now = stand.bakeUntil().isAfter(now) ? stand.bakeUntil() : now;
      } else if (started.isEmpty() && wakeAt != null) {
        now = wakeAt;
      }
    }
    return state;
  }
}
