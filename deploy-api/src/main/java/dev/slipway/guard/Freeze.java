package dev.slipway.guard;

import dev.slipway.failure.RequestException;
import java.time.Instant;

/**
 * A time in which no host starts.
 *
 * @param from its first instant
 * @param to the instant after its last
 * @param reason in words, may be empty
 */
public record Freeze(Instant from, Instant to, String reason) {

  /**
   * Checks the order.
   *
   * @throws RequestException if it ends before it begins
   */
  public Freeze {
    if (!to.isAfter(from)) {
      throw new RequestException("a freeze must end after " + from + ", but was " + to);
    }
  }
}
