package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When a driver that was fenced off looks at a rollout again. It cannot know what has happened: a
 * store that has tried a commit again after a lost answer says the same as one that has a new
 * owner, and without a look nobody would go on in the first case.
 *
 * <p>The pauses grow, so that two who drive the same rollout leave each other time. They begin anew
 * once the rollout went on and nobody else was its owner meanwhile. Thread-safe for different
 * rollouts.
 */
final class Fencings {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Map<DeploymentId, Fencing> last = new ConcurrentHashMap<>();

  private record Fencing(long epoch, Duration pause) {

    Fencing next(long newEpoch) {
      Duration doubled = pause.multipliedBy(2);
      return new Fencing(newEpoch, doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
    }
  }

  /**
   * Returns how long to leave a rollout alone.
   *
   * @param epoch of the ownership that did not hold
   */
  Duration pauseAfter(DeploymentId id, long epoch) {
    Fencing before = last.get(id);
    Fencing now = before == null ? new Fencing(epoch, FIRST_PAUSE) : before.next(epoch);
    last.put(id, now);
    return now.pause();
  }

  /** Takes note that the rollout went on under that ownership. */
  void wentOn(DeploymentId id, long epoch) {
    Fencing before = last.get(id);
    if (before != null && epoch == before.epoch() + 1) {
      last.remove(id);
    }
  }

  /** Forgets a rollout that is over. */
  void forget(DeploymentId id) {
    last.remove(id);
  }
}
