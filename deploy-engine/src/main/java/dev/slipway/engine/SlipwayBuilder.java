package dev.slipway.engine;

import dev.slipway.Deployer;
import dev.slipway.domain.Quotas;
import dev.slipway.domain.RevisionType;
import dev.slipway.engine.domain.DomainDeployer;
import dev.slipway.engine.domain.DomainSettings;
import dev.slipway.engine.planning.EngineParts;
import dev.slipway.engine.remote.CallPolicy;
import dev.slipway.engine.remote.CheckRegistry;
import dev.slipway.engine.runtime.DeploymentIds;
import dev.slipway.engine.runtime.LocalSupervisor;
import dev.slipway.engine.runtime.SystemTimers;
import dev.slipway.engine.store.DirectoryRevisionStore;
import dev.slipway.engine.store.InMemoryRuntime;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.spi.alarm.AlarmSourceFactory;
import dev.slipway.spi.gate.GateFactory;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.revision.RevisionSource;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.telemetry.Telemetry;
import dev.slipway.spi.termination.HostTerminator;
import dev.slipway.spi.termination.HostTerminatorFactory;
import dev.slipway.spi.termination.HostTerminators;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficControlFactory;
import dev.slipway.spi.traffic.TrafficControls;
import dev.slipway.spi.transport.Transport;
import dev.slipway.spi.trigger.TriggerSink;
import dev.slipway.strategy.StrategyFactory;
import dev.slipway.strategy.StrategyRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Puts a deployer together. An inventory and a transport are required; where nothing else is said,
 * bundles and the history of groups are kept below the state directory, and rollouts in memory.
 *
 * <p>Not thread-safe. What is handed in stays the caller's to close, but for transports given here,
 * which the deployer closes.
 */
public final class SlipwayBuilder {

  private static final int DRIVER_THREADS = 4;

  private @Nullable Inventory inventory;
  private @Nullable Function<Host, Transport> transports;
  private final List<Transport> toClose = new ArrayList<>();
  private @Nullable Path state;
  private @Nullable RolloutRuntime runtime;
  private StrategyRegistry strategies = StrategyRegistry.builtIn();
  private TrafficControls trafficControls = TrafficControls.NONE;
  private HostTerminators hostTerminators = HostTerminators.NONE;
  private @Nullable Timers timers;
  private CallPolicy inventoryCalls = CallPolicy.INVENTORY;
  private CallPolicy storeCalls = CallPolicy.STORE;
  private CallPolicy checkCalls = CallPolicy.CHECKS;
  private CheckRegistry checks = CheckRegistry.NONE;
  private CallPolicy trafficCalls = CallPolicy.TRAFFIC;
  private Telemetry telemetry = Telemetry.NONE;
  private RandomGenerator random = new SecureRandom();
  private Quotas quotas = Quotas.USUAL;
  private final Map<RevisionType, RevisionSource> sources = new EnumMap<>(RevisionType.class);
  private final List<TriggerSink> sinks = new ArrayList<>();
  private Predicate<String> triggerTargets = target -> false;

  SlipwayBuilder() {}

  /** Sets where hosts come from. Required. */
  public SlipwayBuilder inventory(Inventory source) {
    inventory = source;
    return this;
  }

  /** Sets how all hosts are reached. Required, unless {@link #transports} is used. */
  public SlipwayBuilder transport(Transport transport) {
    toClose.add(transport);
    return transports(host -> transport);
  }

  /** Sets how each host is reached; these transports stay the caller's to close. */
  public SlipwayBuilder transports(Function<Host, Transport> byHost) {
    if (transports != null) {
      throw new RequestException("transport was given twice");
    }
    transports = byHost;
    return this;
  }

  /**
   * Sets the directory for bundles, and for the history of groups when rollouts are kept in memory.
   * Unless given it is the runtime's own, or else {@code $XDG_STATE_HOME/slipway}, or {@code
   * ~/.local/state/slipway}. Processes may share it.
   */
  public SlipwayBuilder state(Path directory) {
    state = directory;
    return this;
  }

  /** Sets where rollouts are kept and who drives them; memory, and this process, unless given. */
  public SlipwayBuilder runtime(RolloutRuntime where) {
    runtime = where;
    return this;
  }

  /**
   * Registers a strategy of one's own.
   *
   * @param name as in {@link dev.slipway.strategy.StrategyReference}
   * @param version likewise
   * @param factory makes it of the parameters in the reference
   */
  public SlipwayBuilder strategy(String name, int version, StrategyFactory factory) {
    strategies = strategies.with(name, version, factory);
    return this;
  }

  /**
   * Registers a gate of one's own.
   *
   * @param name as in {@link dev.slipway.guard.GateReference}
   * @param version likewise
   * @param factory makes it of the parameters in the reference
   */
  public SlipwayBuilder healthGate(String name, int version, GateFactory factory) {
    checks = checks.withGate(name, version, factory);
    return this;
  }

  /**
   * Registers a source of alarms.
   *
   * @param name as in {@link dev.slipway.guard.AlarmWatch}
   * @param version likewise
   * @param factory makes it of the parameters there
   */
  public SlipwayBuilder alarmSource(String name, int version, AlarmSourceFactory factory) {
    checks = checks.withAlarms(name, version, factory);
    return this;
  }

  /** Sets how gates and sources of alarms are called; {@link CallPolicy#CHECKS} unless given. */
  public SlipwayBuilder checkCalls(CallPolicy policy) {
    checkCalls = policy;
    return this;
  }

  /**
   * Registers a traffic control, as version 1, which takes no parameters. It stays the caller's to
   * close.
   *
   * @param name as in {@link dev.slipway.spi.traffic.TrafficReference}
   */
  public SlipwayBuilder trafficControl(String name, TrafficControl control) {
    return trafficControl(name, 1, parameters -> control);
  }

  /**
   * Registers a traffic control.
   *
   * @param name as in {@link dev.slipway.spi.traffic.TrafficReference}
   * @param version likewise
   * @param factory makes it of the parameters in the reference
   */
  public SlipwayBuilder trafficControl(String name, int version, TrafficControlFactory factory) {
    trafficControls = trafficControls.with(name, version, factory);
    return this;
  }

  /**
   * Registers who ends the original hosts of blue/green deployments, as version 1, which takes no
   * parameters. It stays the caller's to close.
   *
   * @param name as in {@link dev.slipway.spi.termination.TerminatorReference}
   */
  public SlipwayBuilder hostTerminator(String name, HostTerminator terminator) {
    return hostTerminator(name, 1, parameters -> terminator);
  }

  /**
   * Registers who ends the original hosts of blue/green deployments.
   *
   * @param name as in {@link dev.slipway.spi.termination.TerminatorReference}
   * @param version likewise
   * @param factory makes it of the parameters in the reference
   */
  public SlipwayBuilder hostTerminator(String name, int version, HostTerminatorFactory factory) {
    hostTerminators = hostTerminators.with(name, version, factory);
    return this;
  }

  /** Sets the clock; the machine's own unless given. */
  public SlipwayBuilder timers(Timers clock) {
    timers = clock;
    return this;
  }

  /** Sets where ids are drawn from; a {@link SecureRandom} unless given. */
  public SlipwayBuilder random(RandomGenerator source) {
    random = source;
    return this;
  }

  /** Sets the limits of what is kept beside rollouts; {@link Quotas#USUAL} unless given. */
  public SlipwayBuilder quotas(Quotas limits) {
    quotas = limits;
    return this;
  }

  /** Sets how the inventory is called; {@link CallPolicy#INVENTORY} unless given. */
  public SlipwayBuilder inventoryCalls(CallPolicy policy) {
    inventoryCalls = policy;
    return this;
  }

  /** Sets how the store is called; {@link CallPolicy#STORE} unless given. */
  public SlipwayBuilder storeCalls(CallPolicy policy) {
    storeCalls = policy;
    return this;
  }

  /**
   * Sets how traffic controls and host terminators are called; {@link CallPolicy#TRAFFIC} unless
   * given.
   */
  public SlipwayBuilder trafficCalls(CallPolicy policy) {
    trafficCalls = policy;
    return this;
  }

  /**
   * Sets where revisions of a type come from. Those of this machine and those in the revision store
   * need no source.
   */
  public SlipwayBuilder revisionSource(RevisionType type, RevisionSource source) {
    sources.put(type, source);
    return this;
  }

  /** Adds one who takes messages of triggers, such as a {@code WebhookSink}. */
  public SlipwayBuilder triggerSink(TriggerSink sink) {
    sinks.add(sink);
    return this;
  }

  /**
   * Says to which targets another process takes the messages of triggers, so that groups may have
   * such triggers; none unless given.
   */
  public SlipwayBuilder triggerTargets(Predicate<String> toldElsewhere) {
    triggerTargets = toldElsewhere;
    return this;
  }

  /**
   * Sets who hears what this engine does, for example {@code MicrometerTelemetry}; nobody unless
   * given.
   */
  public SlipwayBuilder telemetry(Telemetry listener) {
    telemetry = listener;
    return this;
  }

  /**
   * Returns the deployer.
   *
   * @throws RequestException if something required is missing
   * @throws dev.slipway.failure.StoreException if the runtime cannot be used; what the deployer
   *     would close is closed then
   */
  public Deployer build() {
    if (inventory == null || transports == null) {
      throw new RequestException("a deployer needs an inventory(…) and a transport(…)");
    }
    List<AutoCloseable> owned = new ArrayList<>();
    Timers clock = timers;
    if (clock == null) {
      SystemTimers own = new SystemTimers();
      owned.add(own);
      clock = own;
    }
    owned.addAll(toClose);
    return start(inventory, transports, clock, owned);
  }

  private Deployer start(
      Inventory hosts, Function<Host, Transport> byHost, Timers clock, List<AutoCloseable> owned) {
    Path given = Objects.requireNonNullElseGet(state, SlipwayBuilder::defaultState);
    RolloutRuntime where = Objects.requireNonNullElse(runtime, new InMemoryRuntime(given));
    Path directory = state == null ? where.directory().orElse(given) : state;
    LocalSupervisor local = new LocalSupervisor(clock, DRIVER_THREADS);
    RolloutRuntime.Parts open;
    try {
      open = where.open(clock, local);
    } catch (RuntimeException e) {
      local.close();
      closeAfter(e, owned);
      throw e;
    }
    return DomainDeployer.start(
        new EngineParts(
            hosts,
            byHost,
            open.store(),
            open.books(),
            new DirectoryRevisionStore(directory.resolve("revisions")),
            strategies,
            checks,
            trafficControls,
            hostTerminators,
            open.supervisor(),
            clock,
            new DeploymentIds(random),
            new EngineParts.Calls(inventoryCalls, storeCalls, checkCalls, trafficCalls, telemetry),
            owned),
        new DomainSettings(open.documents(), quotas, random, sources, sinks, triggerTargets));
  }

  private static void closeAfter(RuntimeException failure, List<AutoCloseable> owned) {
    for (AutoCloseable part : owned) {
      try {
        part.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static Path defaultState() {
    String xdg = System.getenv("XDG_STATE_HOME");
    return xdg == null || xdg.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".local", "state", "slipway")
        : Path.of(xdg, "slipway");
  }
}
