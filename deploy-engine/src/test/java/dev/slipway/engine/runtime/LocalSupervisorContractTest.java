package dev.slipway.engine.runtime;

import dev.slipway.spi.store.Supervisor;
import dev.slipway.testkit.SupervisorContract;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalSupervisorContractTest extends SupervisorContract {

  private final LocalSupervisor supervisor = new LocalSupervisor(timers(), 2);

  @Override
  protected Supervisor supervisor() {
    return supervisor;
  }
}
