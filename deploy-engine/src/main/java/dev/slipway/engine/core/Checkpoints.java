package dev.slipway.engine.core;

import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.GateReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the checkpoints of a rollout are, in numbers of hosts that have started. */
final class Checkpoints {

  private Checkpoints() {}

  /**
   * What several checkpoints in one place ask for together.
   *
   * @param bake the longest of their bakes
   * @param gates all of their gates, each once
   * @param approval the first of their approvals, or null
   * @param pause whether one of them pauses
   */
  record Place(
      Duration bake, List<GateReference> gates, @Nullable Approval approval, boolean pause) {

    boolean isEmpty() {
      return bake.isZero() && gates.isEmpty() && approval == null && !pause;
    }
  }

  /**
   * How many hosts may have started before the next checkpoint, at most the fleet. Strategies have
   * no say in this.
   */
  static int reach(RolloutState state) {
    int hosts = state.numbers().hosts();
    int reach = hosts;
    for (Checkpoint checkpoint : state.definition().guards().checkpoints()) {
      int at = placeOf(checkpoint, hosts);
      if (!checkpoint.asksForNothing() && at > state.watch().passed() && at < reach) {
        reach = at;
      }
    }
    return reach;
  }

  /** What is asked for where the rollout is, as far as it has not passed it. */
  static Place here(RolloutState state) {
    int hosts = state.numbers().hosts();
    int started = hosts - state.counts().pending();
    int passed = state.watch().passed();
    Duration bake = Duration.ZERO;
    List<GateReference> gates = new ArrayList<>();
    Approval approval = null;
    boolean pause = false;
    for (Checkpoint checkpoint : state.definition().guards().checkpoints()) {
      if (!isHere(checkpoint, started, passed, hosts)) {
        continue;
      }
      for (GateReference gate : checkpoint.gates()) {
        if (gates.stream().noneMatch(other -> other.label().equals(gate.label()))) {
          gates.add(gate);
        }
      }
      if (started == hosts && checkpoint.place() == Checkpoint.Place.AFTER_EACH_WAVE) {
        continue;
      }
      bake = bake.compareTo(checkpoint.bake()) < 0 ? checkpoint.bake() : bake;
      approval = approval == null ? checkpoint.approval() : approval;
      pause |= checkpoint.pause();
    }
    return new Place(bake, gates, approval, pause);
  }

  private static boolean isHere(Checkpoint checkpoint, int started, int passed, int hosts) {
    if (checkpoint.place() == Checkpoint.Place.AFTER_EACH_WAVE) {
      return started > 0 && started > passed;
    }
    int at = placeOf(checkpoint, hosts);
    return at > passed && at <= started;
  }

  /** After how many hosts it is; beyond the fleet for one that is after each wave. */
  private static int placeOf(Checkpoint checkpoint, int hosts) {
    return switch (checkpoint.place()) {
      case BEFORE_ALL -> 0;
      case AFTER_EACH_WAVE -> Integer.MAX_VALUE;
      case AFTER -> checkpoint.reach() == null ? hosts : checkpoint.reach().reachOf(hosts);
    };
  }
}
