package dev.slipway.examples.cli.check;

import dev.slipway.fleet.Host;
import dev.slipway.spi.gate.HealthGate;
import dev.slipway.testkit.HealthGateContract;

/** A program as a gate: here one that knows a single host that is well. */
class CommandGateTest extends HealthGateContract {

  @Override
  protected HealthGate gate() {
    return new CommandGate("test web-1 =");
  }

  @Override
  protected Host well() {
    return Host.named("web-1");
  }

  @Override
  protected Host unwell() {
    return Host.named("web-2");
  }
}
