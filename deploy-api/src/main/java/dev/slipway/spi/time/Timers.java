package dev.slipway.spi.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock, and work put off. Nothing else in the engine reads the time, so a test that brings its
 * own timers decides when things happen.
 *
 * <p>Thread-safe. A task runs at its instant or later, on a thread of the timers, and must not
 * block.
 */
public interface Timers extends InstantSource {

  /**
   * Runs the task once, at that instant or as soon as possible when it is past.
   *
   * @return cancels the task when it has not run yet; calling it again does nothing
   */
  Runnable at(Instant instant, Runnable task);
}
