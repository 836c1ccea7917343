package dev.slipway.engine.core;

import dev.slipway.config.Batching;
import dev.slipway.config.RolloutLimits;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.WaveStarted;
import dev.slipway.event.ZoneMonitored;
import dev.slipway.fleet.HostId;
import dev.slipway.strategy.StrategyDecision;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts start, and when the rollout is over. Keeps the floor, the failure budget and the
 * zones, whatever the strategy says.
 */
final class PaceRules implements CheckedStrategy.Receiver {

  private final Deliberation deliberation;
  private final Consumer<HostId> begin;
  private final CheckedStrategy strategy;
  private final GuardRules guards;
  private final SwitchRules switching;

  PaceRules(
      Deliberation deliberation,
      Consumer<HostId> begin,
      Consumer<HostId> goOnAfterSwitch,
      CheckedStrategy strategy,
      GuardRules guards) {
    this.deliberation = deliberation;
    this.begin = begin;
    this.strategy = strategy;
    this.guards = guards;
    this.switching = new SwitchRules(deliberation, begin, goOnAfterSwitch);
  }

  /** Goes on as far as it goes without hearing from a host. */
  void advance() {
    boolean more = true;
    while (more) {
      more = step();
    }
  }

  /** One step; false when there is none just now. */
  private boolean step() {
    RolloutState state = deliberation.state();
    boolean isReady = state.status() == DeploymentStatus.READY;
    if (state.status() != DeploymentStatus.IN_PROGRESS && !isReady) {
      return false;
    }
    if (state.ending().isDraining()) {
      return state.isQuiet() && end();
    }
    Counts counts = state.counts();
    if (isReady) {
      return false;
    }
    boolean isQuiet = counts.inFlight() == 0;
    boolean stands = !Checkpoints.here(state).isEmpty();
    if (counts.pending() == 0) {
      if (!switching.isDone()) {
        return switching.step();
      }
      if (stands && EndRules.wouldSucceed(state)) {
        return guards.stand();
      }
      return TerminationRules.isOpen(state) ? new TerminationRules(deliberation).step() : end();
    }
    String exhausted = exhausted(state);
    if (exhausted != null) {
      deliberation.note(new RolloutAborted(ErrorCode.HEALTH_CONSTRAINTS, exhausted));
      return true;
    }
    if (stands) {
      return isQuiet && guards.stand();
    }
    if (!state.zoneHasPending()) {
      return isQuiet && leaveZone();
    }
    return mayStart(state) && strategy.ask(state, deliberation.at(), this);
  }

  private boolean end() {
    EndRules.end(deliberation);
    return false;
  }

  /** Why no further host may start although some are pending, or null. */
  static @Nullable String exhausted(RolloutState state) {
    Counts counts = state.counts();
    RolloutLimits limits = state.definition().pace().limits();
    if (counts.failed() >= state.numbers().failureBudget()) {
      return Reasons.numbers(state);
    }
    if (state.course().zone().failed() >= state.zone().budget() && state.zoneHasPending()) {
      ZoneSlice zone = state.zone();
      return "in zone '%s' %d of %d hosts failed and at most %d may; "
              .formatted(zone.name(), state.course().zone().failed(), zone.size(), zone.budget())
          + Reasons.numbers(state);
    }
    if (counts.failed() > limits.maxFailures()) {
      return "more than maxFailures " + limits.maxFailures() + "; " + Reasons.numbers(state);
    }
    if (counts.unreachable() > limits.maxUnreachable()) {
      return "more than maxUnreachable " + limits.maxUnreachable() + "; " + Reasons.numbers(state);
    }
    Watch.Failures failures = state.watch().failures();
    Integer inWave = limits.maxFailuresPerWave();
    if (inWave != null && failures.inWave() > inWave) {
      return "more than maxFailuresPerWave " + inWave + "; " + Reasons.numbers(state);
    }
    Integer inZone = limits.maxFailuresPerZone();
    if (inZone != null && failures.mostInZone() > inZone) {
      return "more than maxFailuresPerZone " + inZone + "; " + Reasons.numbers(state);
    }
    return null;
  }

  private boolean leaveZone() {
    RolloutState state = deliberation.state();
    ZonalConfig zonal = state.definition().pace().config().zonalConfig();
    Duration pause =
        zonal == null
            ? Duration.ZERO
            : zonal.monitorAfter(state.course().zone().index(), state.numbers().zones().size());
    deliberation.note(new ZoneMonitored(state.zone().name(), deliberation.at().plus(pause)));
    return true;
  }

  private boolean mayStart(RolloutState state) {
    boolean drained =
        state.definition().pace().batching() == Batching.WINDOW || state.counts().inFlight() == 0;
    return drained
        && state.pause() == null
        && !state.course().zone().pauseUntil().isAfter(deliberation.at())
        && isGuardOpen(state)
        && state.freeSlots() > 0;
  }

  /** Whether alarms have been read, and the window is open. */
  static boolean isGuardOpen(RolloutState state) {
    Watch watch = state.watch();
    Check alarms = watch.alarms();
    boolean isKnown = alarms == null || (alarms.verdict() != null && !alarms.isMissing());
    boolean isOpen =
        state.definition().guards().windows() == null
            || (watch.window() != null && !watch.window().isClosed());
    return isKnown && isOpen;
  }

  @Override
  public boolean start(List<HostId> chosen) {
    deliberation.note(new WaveStarted(deliberation.state().course().waves().size() + 1, chosen));
    chosen.forEach(begin);
    return true;
  }

  @Override
  public boolean hold(StrategyDecision.Hold hold) {
    RolloutHeld held = new RolloutHeld(hold.why(), hold.until());
    if (!held.equals(deliberation.state().course().hold())) {
      deliberation.note(held);
    }
    return false;
  }

  @Override
  public boolean finish(String message) {
    return abort(
        ErrorCode.HEALTH_CONSTRAINTS, message + "; " + Reasons.numbers(deliberation.state()));
  }

  @Override
  public boolean fault(String message) {
    return abort(ErrorCode.INTERNAL_ERROR, message);
  }

  private boolean abort(ErrorCode code, String message) {
    deliberation.note(new RolloutAborted(code, message));
    return true;
  }
}
