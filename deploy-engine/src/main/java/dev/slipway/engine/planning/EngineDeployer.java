package dev.slipway.engine.planning;

import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.driver.DriverServices;
import dev.slipway.engine.driver.OutputOffsets;
import dev.slipway.engine.driver.RolloutDriver;
import dev.slipway.engine.driver.RolloutHandle;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.engine.remote.CheckThreads;
import dev.slipway.engine.remote.GuardedChecks;
import dev.slipway.engine.remote.GuardedInventory;
import dev.slipway.engine.remote.GuardedStore;
import dev.slipway.engine.remote.GuardedTermination;
import dev.slipway.engine.remote.GuardedTraffic;
import dev.slipway.engine.runtime.NamedThreads;
import dev.slipway.engine.telemetry.QuietTelemetry;
import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Plans, starts and drives rollouts. Thread-safe. */
public final class EngineDeployer implements AutoCloseable {

  private final DriverServices services;
  private final PlanMaker planner;
  private final RolloutStarter starter;
  private final ExecutorService threads;
  private final CheckThreads checkThreads = new CheckThreads();
  private final List<AutoCloseable> closeInOrder;

  private EngineDeployer(EngineParts parts) {
    threads = Executors.newCachedThreadPool(NamedThreads.daemons("slipway-listeners"));
    Telemetry telemetry = new QuietTelemetry(parts.calls().telemetry());
    Store store =
        new GuardedStore(parts.store(), parts.calls().store(), parts.timers(), threads, telemetry);
    Inventory inventory =
        new GuardedInventory(
            parts.inventory(), parts.calls().inventory(), parts.timers(), threads, telemetry);
    services =
        new DriverServices(
            store,
            parts.books(),
            inventory,
            parts.revisions(),
            parts.transports(),
            parts.strategies(),
            new GuardedChecks(
                parts.checks(),
                parts.calls().checks(),
                parts.timers(),
                checkThreads.calls(),
                telemetry,
                checkThreads::askers),
            GuardedTraffic.all(
                parts.traffic(), parts.calls().traffic(), parts.timers(), threads, telemetry),
            GuardedTermination.all(
                parts.terminators(), parts.calls().traffic(), parts.timers(), threads, telemetry),
            parts.supervisor(),
            parts.timers(),
            threads,
            new OutputOffsets(),
            parts.ids()::next,
            telemetry);
    planner =
        new PlanMaker(
            inventory,
            parts.revisions(),
            parts.books(),
            parts.strategies(),
            parts.checks(),
            parts.traffic(),
            parts.terminators(),
            parts.ids());
    starter = new RolloutStarter(planner, services);
    closeInOrder = new ArrayList<>();
    closeInOrder.add(parts.supervisor());
    closeInOrder.add(parts.store());
    closeInOrder.addAll(parts.owned());
  }

  /** Returns one that goes on with every rollout of its store that is not over. */
  public static EngineDeployer start(EngineParts parts) {
    EngineDeployer deployer = new EngineDeployer(parts);
    try {
      parts.supervisor().start(new RolloutDriver(deployer.services));
      deployer.services.store().unfinished().forEach(parts.supervisor()::wake);
      return deployer;
    } catch (RuntimeException e) {
      deployer.close();
      throw e;
    }
  }

  /** As {@link dev.slipway.Deployer#rollout}. */
  public RolloutBuilder rollout(String application, String deploymentGroup) {
    return new RolloutBuilder(application, deploymentGroup, this::plan);
  }

  /** Returns what would be done, under an id of its own. */
  public IdentifiedPlan plan(RolloutSpec spec) {
    return new EnginePlan(planner.draft(spec, planner.newId()), starter);
  }

  /** As {@link dev.slipway.Deployer#start}. */
  public Rollout start(Plan plan) {
    return own(plan).startBy(starter);
  }

  /**
   * Returns what a rollout of a plan is made of that will wait for its turn, and keeps its bundle.
   *
   * @param rollsBack whether it goes back by itself after every outcome but success
   */
  public RolloutRecord prepared(Plan plan, boolean rollsBack) {
    RolloutRecord record = own(plan).preparedBy(starter);
    return rollsBack ? record.rolledBackAfter(EnumSet.allOf(AutoRollbackEvent.class)) : record;
  }

  private static EnginePlan own(Plan plan) {
    if (plan instanceof EnginePlan known) {
      return known;
    }
    throw new RequestException(
        "the plan must be one that a deployer of Slipway.builder() has made, but is " + plan);
  }

  /** Returns what handles and drivers work with. */
  public DriverServices services() {
    return services;
  }

  /** As {@link dev.slipway.Deployer#attach}. */
  public RolloutHandle attach(DeploymentId id) {
    return new RolloutHandle(services, id);
  }

  /** As {@link dev.slipway.Deployer#unfinished}. */
  public List<Rollout> unfinished() {
    return services.store().unfinished().stream().<Rollout>map(this::attach).toList();
  }

  /** As {@link dev.slipway.Deployer#rollouts}. */
  public List<Rollout> rollouts(int atMost) {
    return services.store().newest(atMost).stream().<Rollout>map(this::attach).toList();
  }

  @Override
  public void close() {
    List<Exception> failures = new ArrayList<>();
    for (AutoCloseable part : closeInOrder) {
      try {
        part.close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    checkThreads.close();
    threads.shutdown();
    if (!failures.isEmpty()) {
      IllegalStateException failure =
          new IllegalStateException("closing the deployer: " + failures.get(0).getMessage());
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }
}
