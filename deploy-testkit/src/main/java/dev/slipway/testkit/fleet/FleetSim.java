package dev.slipway.testkit.fleet;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.Rollout;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.Transport;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.StrategyRegistry;
import dev.slipway.testkit.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Runs deployments with the real engine on a fleet that does not exist: hosts, network, store and
 * controllers are simulated on one thread and a clock of their own, and fail as the seed says. The
 * same seed gives the same run.
 *
 * <p>Every step is watched from outside. What must never happen ends the run with a {@link
 * FleetViolation}: a host that runs an event twice, a floor that is broken, a command that nobody
 * has committed to, a stop that is forgotten, a rollout that neither ends nor moves, and the like.
 *
 * <pre>{@code
 * FleetReport report =
 *     FleetSim.of(10)
 *         .faults(Fault.HOST_CRASH, Fault.CONTROLLER_CRASH)
 *         .seed(42)
 *         .run(FleetDeployment.of(DeploymentConfigs.HALF_AT_A_TIME));
 * }</pre>
 *
 * <p>Not thread-safe; simulations beside each other share nothing.
 */
public final class FleetSim {

  /** The system property that has a test repeat one seed. */
  public static final String SEED_PROPERTY = "slipway.seed";

  private static final Duration FAULTS_END = Duration.ofMinutes(30);
  private static final Duration ALL_ENDS = Duration.ofHours(12);

  private final List<HostId> hosts;
  private Set<Fault> faults = EnumSet.noneOf(Fault.class);
  private UnaryOperator<Store> storeInBetween = store -> store;
  private UnaryOperator<Transport> transportInBetween = transport -> transport;
  private HostKind hostKind = SimulatedHost::new;
  private long seed;

  /** Makes hosts, perhaps of a kind that has a flaw. */
  @FunctionalInterface
  interface HostKind {
    SimulatedHost create(HostId id, World world, HostWitness witness, Scripts scripts);
  }

  private FleetSim(List<HostId> hosts) {
    this.hosts = List.copyOf(hosts);
  }

  /** Returns a simulation of so many hosts, {@code host-1} and so on. */
  public static FleetSim of(int hosts) {
    return of(IntStream.rangeClosed(1, hosts).mapToObj(i -> new HostId("host-" + i)).toList());
  }

  /** Returns a simulation of these hosts. */
  public static FleetSim of(List<HostId> hosts) {
    return new FleetSim(hosts);
  }

  /** Sets what may go wrong, nothing unless given. */
  public FleetSim faults(Fault... those) {
    faults = EnumSet.noneOf(Fault.class);
    faults.addAll(List.of(those));
    return this;
  }

  /** Sets where all chance of the run comes from, 0 unless given. */
  public FleetSim seed(long number) {
    seed = number;
    return this;
  }

  /** Puts a store of one's own between the engine and the one that keeps everything. */
  public FleetSim store(UnaryOperator<Store> inBetween) {
    storeInBetween = inBetween;
    return this;
  }

  /**
   * Puts a transport of one's own between the engine and the simulated one; called anew for each
   * controller that starts.
   */
  public FleetSim transport(UnaryOperator<Transport> inBetween) {
    transportInBetween = inBetween;
    return this;
  }

  /** Sets what hosts are like. */
  FleetSim hosts(HostKind kind) {
    hostKind = kind;
    return this;
  }

  /**
   * Runs the deployments until all of them, their rollbacks and their retries are over.
   *
   * @throws IllegalArgumentException if a deployment names a host that is not in the fleet
   * @throws FleetViolation if something happened that must never happen; its message tells the seed
   *     and the last steps
   */
  public FleetReport run(FleetDeployment... deployments) {
    List<FleetDeployment> all = List.of(deployments);
    all.forEach(deployment -> deployment.check(hosts));
    try {
      return run(all, false);
    } catch (FleetViolation first) {
      // The same again, so that only runs that fail pay for what they tell.
      run(all, true);
      throw new FleetViolation(
          "seed %d: %s%nIt does not happen again with the same seed, so something in it depends on more than the"
                  .formatted(seed, first.getMessage())
              + " seed: is there a strategy or a store with chance, a clock or a memory of its"
              + " own?",
          first);
    }
  }

  private FleetReport run(List<FleetDeployment> deployments, boolean tracing) {
    World world = new World(new Chance(seed, faults), tracing);
    try {
      return new Run(world, deployments).toTheEnd();
    } catch (FleetViolation violation) {
      throw tracing ? retold(violation, world, deployments) : violation;
    }
  }

  private FleetViolation retold(
      FleetViolation violation, World world, List<FleetDeployment> deployments) {
    return new FleetViolation(
        "seed %d: %s%nagain: -D%s=%d%n%s%n%s"
            .formatted(
                seed,
                violation.getMessage(),
                SEED_PROPERTY,
                seed,
                deployments,
                String.join(System.lineSeparator(), world.lines())),
        violation);
  }

  /** One run. */
  private final class Run {
    private final World world;
    private final Witness witness;
    private final Map<HostId, SimulatedHost> fleet = new LinkedHashMap<>();
    private final Cluster cluster;
    private final Client client;

    Run(World world, List<FleetDeployment> deployments) {
      this.world = world;
      this.witness = new Witness(world);
      hosts.forEach(id -> fleet.put(id, hostKind.create(id, world, witness.hosts(), this::script)));
      StrategyRegistry strategies = StrategyRegistry.builtIn();
      List<StrategyReference> references = new ArrayList<>();
      for (FleetDeployment deployment : deployments) {
        StrategyReference reference =
            new StrategyReference("under-test", references.size() + 1, "");
        references.add(reference);
        strategies =
            strategies.with(reference.name(), reference.version(), text -> deployment.strategy);
      }
      this.cluster =
          new Cluster(
              world,
              witness,
              fleet,
              new Cluster.InBetween(storeInBetween, transportInBetween),
              strategies,
              FleetChecks.of(world, deployments));
      this.client = new Client(cluster);
      for (int i = 0; i < deployments.size(); i++) {
        FleetDeployment deployment = deployments.get(i);
        client.plan(
            deployment, references.get(i), deployment.hosts.isEmpty() ? hosts : deployment.hosts);
      }
    }

    FleetReport toTheEnd() {
      disturb();
      Instant end = VirtualTimers.START.plus(ALL_ENDS);
      boolean more = true;
      while (more) {
        more = world.timers.runNext(end);
      }
      for (RolloutWitness rollout : witness.rollouts()) {
        if (!rollout.isOver()) {
          throw witness.violation(
              "%s never ends: %s".formatted(rollout.id(), client.rollout(rollout.id()).explain()));
        }
      }
      witness.hosts().checkQuiet();
      List<Rollout> rollouts = new ArrayList<>();
      witness.rollouts().forEach(rollout -> rollouts.add(client.rollout(rollout.id())));
      return new FleetReport(
          rollouts,
          Duration.between(VirtualTimers.START, world.now()),
          new FleetReport.Tally(world.steps(), witness.hosts().starts(), cluster.crashes()));
    }

    /** Plans what goes wrong by itself, until there is calm. */
    private void disturb() {
      List<SimulatedHost> all = List.copyOf(fleet.values());
      strike(
          Fault.HOST_CRASH, () -> world.chance.oneOf(all).crash(world.chance.millis(500, 60_000)));
      strike(
          Fault.PARTITION, () -> world.chance.oneOf(all).cutOff(world.chance.millis(500, 60_000)));
      strike(Fault.CONTROLLER_CRASH, cluster::killOne);
      world.after(FAULTS_END, world.chance::calm);
    }

    private void strike(Fault fault, Runnable how) {
      if (world.chance.has(fault)) {
        for (int times = world.chance.below(5); times > 0; times--) {
          world.after(world.chance.millis(0, 300_000), how);
        }
      }
    }

    private Scripts.Run script(CommandKey key) {
      FleetDeployment deployment = client.asked().get(key.deployment());
      boolean bad = deployment != null && deployment.failing.get(key.host()) == key.event();
      if (world.chance.strikes(Fault.SCRIPT_HANG)) {
        return new Scripts.Run(world.chance.millis(30_000, 150_000), Diagnostics.SUCCEEDED);
      }
      boolean fails = bad || world.chance.strikes(Fault.SCRIPT_FAILURE);
      return new Scripts.Run(world.chance.millis(5, 9_000), fails ? FAILED : Diagnostics.SUCCEEDED);
    }
  }

  private static final Diagnostics FAILED =
      new Diagnostics(LifecycleErrorCode.SCRIPT_FAILED, "script.sh", "exit code 1", "");
}
