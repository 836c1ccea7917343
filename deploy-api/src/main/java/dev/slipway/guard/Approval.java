package dev.slipway.guard;

import dev.slipway.failure.RequestException;
import java.time.Duration;

/**
 * Somebody has to say that a rollout may go on.
 *
 * @param question what is asked, for whoever answers; may be empty
 * @param within how long the rollout waits for the answer once the hosts so far have been watched
 *     for as long as they are to be; then it is stopped. One may answer before
 */
public record Approval(String question, Duration within) {

  /** How long a rollout waits unless it is said. */
  public static final Duration USUALLY_WITHIN = Duration.ofDays(7);

  /**
   * Checks the time.
   *
   * @throws RequestException if it is not positive
   */
  public Approval {
    if (within.isZero() || within.isNegative()) {
      throw new RequestException("an approval must have more than 0 s, but was " + within);
    }
  }

  /** Returns an approval that is waited for as long as usual. */
  public static Approval of(String question) {
    return new Approval(question, USUALLY_WITHIN);
  }
}
