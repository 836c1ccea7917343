package dev.slipway.testkit.fleet;

import dev.slipway.spi.time.Timers;
import java.time.Instant;

/** The clock as one controller has it: what it puts off dies with it. */
record ControllerTimers(Controller controller, Timers timers) implements Timers {

  @Override
  public Instant instant() {
    return timers.instant();
  }

  @Override
  public Runnable at(Instant instant, Runnable task) {
    return timers.at(instant, () -> controller.run(task));
  }
}
