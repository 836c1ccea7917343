package dev.slipway.runtime.embedded;

import dev.slipway.spi.time.Timers;
import java.time.Instant;

/** A clock that stands still. */
final class NoTimers implements Timers {

  @Override
  public Instant instant() {
    return Instant.EPOCH;
  }

  @Override
  public Runnable at(Instant instant, Runnable task) {
    return () -> {};
  }
}
