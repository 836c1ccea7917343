package dev.slipway.testkit.fleet;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.spi.transport.CommandKey;

/** The way back from a host to whoever sent it a command; what it carries may get lost. */
interface Link {

  void acknowledged(CommandKey key);

  void finished(CommandKey key, Diagnostics diagnostics);
}
