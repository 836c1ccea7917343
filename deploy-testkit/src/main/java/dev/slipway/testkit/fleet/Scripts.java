package dev.slipway.testkit.fleet;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.spi.transport.CommandKey;
import java.time.Duration;

/** How the scripts of an event fare on a host. */
@FunctionalInterface
interface Scripts {

  /** How long an event takes, and how it ends. */
  record Run(Duration time, Diagnostics end) {}

  Run run(CommandKey key);
}
