package dev.slipway.engine.remote;

import dev.slipway.failure.DeployException;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostSelector;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * An inventory that may be far away: asked again when it fails, within limits. What it says of its
 * own accord, by a {@link DeployException}, is its answer. Thread-safe as far as the inventory is.
 */
public final class GuardedInventory implements Inventory {

  private final Inventory inventory;
  private final GuardedCalls calls;

  /**
   * Guards an inventory.
   *
   * @param inventory which
   * @param policy how it is called
   * @param clock measures calls
   * @param threads where calls are made
   * @param telemetry hears of calls
   */
  public GuardedInventory(
      Inventory inventory,
      CallPolicy policy,
      InstantSource clock,
      ExecutorService threads,
      Telemetry telemetry) {
    this.inventory = inventory;
    this.calls =
        new GuardedCalls(
            "inventory",
            policy,
            failure -> !(failure instanceof DeployException),
            RequestException::new,
            new GuardedCalls.Surroundings(clock, threads, telemetry));
  }

  @Override
  public List<Host> snapshot(HostSelector selector) {
    return calls.repeatably("snapshot", () -> inventory.snapshot(selector));
  }
}
