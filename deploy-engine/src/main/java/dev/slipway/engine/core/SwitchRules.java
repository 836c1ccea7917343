package dev.slipway.engine.core;

import dev.slipway.config.Batching;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.SwitchAwaited;
import dev.slipway.event.SwitchBegun;
import dev.slipway.event.TrafficMoved;
import dev.slipway.fleet.HostId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a blue/green rollout goes on once every replacement host has the revision, or has failed:
 * traffic comes to the replacements at the pace of the config, and then leaves all original hosts
 * at once. The failure budget is one for both phases.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html">CodeDeploy
 *     user guide, instance health and blue/green deployments</a>
 */
final class SwitchRules {

  private final Deliberation deliberation;
  private final Consumer<HostId> begin;
  private final Consumer<HostId> goOn;

  /**
   * Makes them.
   *
   * @param begin offers an original host its first event
   * @param goOn offers a replacement host its first event after the wait
   */
  SwitchRules(Deliberation deliberation, Consumer<HostId> begin, Consumer<HostId> goOn) {
    this.deliberation = deliberation;
    this.begin = begin;
    this.goOn = goOn;
  }

  /** Whether nothing is left to do for a rollout of which no host is pending. */
  boolean isDone() {
    RolloutState state = deliberation.state();
    Switchover switchover = state.switchover();
    boolean movesOriginals = switchover.originals().pending() > 0 && isHealthy(state, 0);
    return state.isQuiet()
        && switchover.ready() == 0
        && !movesOriginals
        && switchover.originals().failed() == 0;
  }

  /** One step; false when there is none just now. */
  boolean step() {
    RolloutState state = deliberation.state();
    Switchover switchover = state.switchover();
    if (switchover.ready() > 0 && switchover.isBegun()) {
      return moveReplacements(state);
    }
    if (!state.isQuiet()) {
      return false;
    }
    if (switchover.ready() > 0) {
      return prepare(state);
    }
    if (switchover.originals().failed() > 0) {
      return abort(failedOriginals(switchover.originals()));
    }
    return moveOriginals(state);
  }

  /** Begins the switch, or has it waited for, if enough replacements are ready. */
  private boolean prepare(RolloutState state) {
    String exhausted = PaceRules.exhausted(state);
    if (exhausted != null || !isHealthy(state, state.switchover().ready())) {
      return abort(exhausted == null ? Reasons.numbers(state) : exhausted);
    }
    RolloutDefinition.Lifecycle.BlueGreen blueGreen = state.definition().lifecycle().blueGreen();
    if (blueGreen != null && blueGreen.readyWait() != null) {
      deliberation.note(new SwitchAwaited(deliberation.at().plus(blueGreen.readyWait())));
      return false;
    }
    deliberation.note(new SwitchBegun(""));
    return true;
  }

  private boolean moveReplacements(RolloutState state) {
    String exhausted = PaceRules.exhausted(state);
    if (exhausted != null) {
      return abort(exhausted);
    }
    boolean drained =
        state.definition().pace().batching() == Batching.WINDOW || state.counts().inFlight() == 0;
    int slots = state.slotsOfFloor();
    if (!drained || slots == 0 || !mayMove(state)) {
      return false;
    }
    List<HostId> next = new ArrayList<>();
    for (int position = 0; position < state.numbers().hosts() && next.size() < slots; position++) {
      HostState host = state.host(position);
      if (host.status() == HostStatus.READY) {
        next.add(host.host().id());
      }
    }
    return move(next, goOn);
  }

  private boolean moveOriginals(RolloutState state) {
    List<ScheduledHost> hosts = state.definition().hosts();
    return mayMove(state)
        && move(
            hosts.subList(state.numbers().hosts(), hosts.size()).stream()
                .map(ScheduledHost::id)
                .toList(),
            begin);
  }

  private static boolean mayMove(RolloutState state) {
    return state.pause() == null && PaceRules.isGuardOpen(state);
  }

  private boolean move(List<HostId> hosts, Consumer<HostId> how) {
    deliberation.note(new TrafficMoved(hosts));
    hosts.forEach(how);
    return true;
  }

  private boolean abort(String message) {
    deliberation.note(new RolloutAborted(ErrorCode.HEALTH_CONSTRAINTS, message));
    return true;
  }

  /** Whether enough hosts have succeeded, counting those as well. */
  private static boolean isHealthy(RolloutState state, int others) {
    return state.counts().succeeded() + others >= Math.max(state.numbers().minimumHealthy(), 1);
  }

  private static String failedOriginals(Counts originals) {
    int all = originals.succeeded() + originals.failed();
    return "%d of %d original hosts could not be taken out of traffic, and none may fail"
        .formatted(originals.failed(), all);
  }
}
