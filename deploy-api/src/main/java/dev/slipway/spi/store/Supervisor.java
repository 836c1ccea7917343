package dev.slipway.spi.store;

import dev.slipway.deployment.DeploymentId;
import java.time.Instant;
import java.util.Optional;

/**
 * Sees to it that somebody drives each unfinished rollout. It may be wrong, start two drivers or
 * repeat itself: that costs time, never correctness.
 *
 * <p>Thread-safe.
 */
public interface Supervisor extends AutoCloseable {

  /** Drives a rollout as far as it goes just now. */
  @FunctionalInterface
  interface Driver {

    /**
     * Takes in what has come, decides, commits and acts.
     *
     * @return when to call again even if nothing comes in, or empty when the rollout is over; a
     *     driver that another one seems to have replaced wants to be called too, after pauses that
     *     grow, because the other one may be itself, before an answer was lost
     */
    Optional<Instant> drive(DeploymentId id);
  }

  /** Begins to supervise; called once, before anything else. */
  void start(Driver driver);

  /**
   * Makes sure that the rollout is driven, soon and until it is over. Repeating it does no harm; it
   * is also how a driver learns that something came in.
   */
  void wake(DeploymentId id);

  /**
   * Returns whether somebody drives just now, here or elsewhere. If not, requests are kept until
   * somebody does.
   */
  boolean isDriving();

  /**
   * Returns whether drivers are called in this process just now. Others may be in their place a
   * moment later: that costs time, never correctness.
   */
  default boolean isDrivingHere() {
    return isDriving();
  }

  /** Ends driving within a bound. Rollouts stay as they are. */
  @Override
  void close();
}
