package dev.slipway.spi.trigger;

import java.io.IOException;

/**
 * Takes messages to those who want to know of deployments.
 *
 * <p>Thread-safe. No rollout waits for it.
 */
public interface TriggerSink {

  /** Returns whether a target is one of this sink's, as far as its form tells. */
  boolean accepts(String target);

  /**
   * Hands a message over, and returns when that is done for good. May block, within a bound.
   *
   * @throws IOException if it could not be handed over: it is repeated later, until it can
   * @throws InterruptedException if the thread was asked to end: likewise
   */
  void publish(TriggerMessage message) throws IOException, InterruptedException;
}
