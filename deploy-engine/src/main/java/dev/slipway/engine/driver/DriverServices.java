package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.fleet.Host;
import dev.slipway.spi.revision.RevisionStore;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.transport.Transport;
import dev.slipway.strategy.StrategyRegistry;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What drivers work with.
 *
 * @param store where rollouts are kept
 * @param books where groups are kept
 * @param revisions where bundles are kept
 * @param transports the transport of a host
 * @param strategies the strategies that are known
 * @param supervisor who has drivers called
 * @param clock the time
 * @param output who sees what scripts print
 * @param ids draws ids of new rollouts
 */
public record DriverServices(
    Store store,
    GroupBooks books,
    RevisionStore revisions,
    Function<Host, Transport> transports,
    StrategyRegistry strategies,
    Supervisor supervisor,
    InstantSource clock,
    OutputListeners output,
    Supplier<DeploymentId> ids) {}
