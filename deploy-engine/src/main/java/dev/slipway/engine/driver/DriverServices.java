package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.remote.GuardedChecks;
import dev.slipway.fleet.Host;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.revision.RevisionStore;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.telemetry.Telemetry;
import dev.slipway.spi.termination.HostTerminator;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.spi.transport.Transport;
import dev.slipway.strategy.StrategyRegistry;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What drivers and handles work with.
 *
 * @param store where rollouts are kept
 * @param books where groups are kept
 * @param inventory the hosts that there are now
 * @param revisions where bundles are kept
 * @param transports the transport of a host
 * @param strategies the strategies that are known
 * @param checks the gates and the sources of alarms that are known
 * @param traffic the traffic control that a reference means, empty for one that is not known
 * @param terminators the host terminator that a reference means, empty for one that is not known
 * @param supervisor who has drivers called
 * @param timers the time, and what is done later
 * @param threads where listeners are called, and what may block is done
 * @param output how far the output of running events is kept
 * @param ids draws ids of new rollouts
 * @param telemetry hears what is done; never throws
 */
public record DriverServices(
    Store store,
    GroupBooks books,
    Inventory inventory,
    RevisionStore revisions,
    Function<Host, Transport> transports,
    StrategyRegistry strategies,
    GuardedChecks checks,
    Function<TrafficReference, Optional<TrafficControl>> traffic,
    Function<TerminatorReference, Optional<HostTerminator>> terminators,
    Supervisor supervisor,
    Timers timers,
    Executor threads,
    OutputOffsets output,
    Supplier<DeploymentId> ids,
    Telemetry telemetry) {

  /** Makes them without telemetry. */
  public DriverServices(
      Store store,
      GroupBooks books,
      Inventory inventory,
      RevisionStore revisions,
      Function<Host, Transport> transports,
      StrategyRegistry strategies,
      GuardedChecks checks,
      Function<TrafficReference, Optional<TrafficControl>> traffic,
      Function<TerminatorReference, Optional<HostTerminator>> terminators,
      Supervisor supervisor,
      Timers timers,
      Executor threads,
      OutputOffsets output,
      Supplier<DeploymentId> ids) {
    this(
        store,
        books,
        inventory,
        revisions,
        transports,
        strategies,
        checks,
        traffic,
        terminators,
        supervisor,
        timers,
        threads,
        output,
        ids,
        Telemetry.NONE);
  }
}
