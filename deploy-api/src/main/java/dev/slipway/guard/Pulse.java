package dev.slipway.guard;

import dev.slipway.failure.RequestException;
import java.time.Duration;

/**
 * A sign of life from outside that a rollout needs to go on, such as that of the pipeline which has
 * started it. A rollout that misses it does what is said here, once.
 *
 * @param within how long after the start, or after the last pulse, the next one must come
 * @param silence what happens when it does not
 */
public record Pulse(Duration within, Silence silence) {

  /** What happens without a pulse. */
  public enum Silence {
    /** Nothing new starts until it is resumed by hand. */
    PAUSE,
    /** The rollout is stopped, as by {@link dev.slipway.rollout.Rollout#stop(String)}. */
    STOP
  }

  /**
   * Checks the time.
   *
   * @throws RequestException if it is less than a second
   */
  public Pulse {
    if (within.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new RequestException("a pulse comes within 1 s or more, but was " + within);
    }
  }
}
