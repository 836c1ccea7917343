package dev.slipway.engine.planning;

import dev.slipway.engine.remote.CallPolicy;
import dev.slipway.engine.remote.CheckRegistry;
import dev.slipway.engine.runtime.DeploymentIds;
import dev.slipway.fleet.Host;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.revision.RevisionStore;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.telemetry.Telemetry;
import dev.slipway.spi.termination.HostTerminators;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.traffic.TrafficControls;
import dev.slipway.spi.transport.Transport;
import dev.slipway.strategy.StrategyRegistry;
import java.util.List;
import java.util.function.Function;

/**
 * What a deployer is made of.
 *
 * @param inventory where hosts come from
 * @param transports how each host is reached
 * @param store where rollouts are kept
 * @param books where groups are kept
 * @param revisions where bundles are kept
 * @param strategies the strategies that are known
 * @param checks the gates and the sources of alarms that are known
 * @param traffic the traffic controls that are known
 * @param terminators the host terminators that are known
 * @param supervisor who has rollouts driven
 * @param timers the clock
 * @param ids draws deployment ids
 * @param calls how what may be away is called, and who hears of it
 * @param owned what else is closed with the deployer, in this order, after store and supervisor
 */
public record EngineParts(
    Inventory inventory,
    Function<Host, Transport> transports,
    Store store,
    GroupBooks books,
    RevisionStore revisions,
    StrategyRegistry strategies,
    CheckRegistry checks,
    TrafficControls traffic,
    HostTerminators terminators,
    Supervisor supervisor,
    Timers timers,
    DeploymentIds ids,
    Calls calls,
    List<AutoCloseable> owned) {

  /** Copies the list in. */
  public EngineParts {
    owned = List.copyOf(owned);
  }

  /** Returns these parts with another inventory. */
  public EngineParts withInventory(Inventory other) {
    return new EngineParts(
        other,
        transports,
        store,
        books,
        revisions,
        strategies,
        checks,
        traffic,
        terminators,
        supervisor,
        timers,
        ids,
        calls,
        owned);
  }

  /**
   * How what may be away is called.
   *
   * @param inventory how the inventory is
   * @param store how the store is
   * @param checks how gates and sources of alarms are
   * @param traffic how traffic controls and host terminators are
   * @param telemetry hears of calls and rollouts
   */
  public record Calls(
      CallPolicy inventory,
      CallPolicy store,
      CallPolicy checks,
      CallPolicy traffic,
      Telemetry telemetry) {}
}
