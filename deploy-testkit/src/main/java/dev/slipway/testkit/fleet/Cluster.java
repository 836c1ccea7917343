package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.remote.GuardedChecks;
import dev.slipway.engine.runtime.DeploymentIds;
import dev.slipway.engine.store.InMemoryStore;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostSelector;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.transport.Transport;
import dev.slipway.strategy.StrategyRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Two processes on one store: who drives which rollout, and what becomes of it when one of them
 * dies or freezes. Not thread-safe.
 */
final class Cluster {

  private static final int SLOTS = 2;
  private static final Duration RECONCILE_EVERY = Duration.ofSeconds(20);

  private final World world;
  private final Witness witness;
  private final GroupBooks books = new MemoryBooks();
  private final WitnessedStore truth;
  private final Store store;
  private final Map<HostId, SimulatedHost> hosts;
  private final Supplier<DeploymentId> ids;
  private final Controller[] slots = new Controller[SLOTS];
  private final Map<DeploymentId, Integer> drivenBy = new LinkedHashMap<>();
  private final Map<HostSelector, List<Host>> members = new LinkedHashMap<>();
  private final StrategyRegistry strategies;
  private final GuardedChecks checks;
  private final UnaryOperator<Transport> transports;
  private int processes;
  private int crashes;
  private boolean reconciling;

  /** What a test puts between the engine and what is simulated. */
  record InBetween(UnaryOperator<Store> store, UnaryOperator<Transport> transport) {}

  Cluster(
      World world,
      Witness witness,
      Map<HostId, SimulatedHost> hosts,
      InBetween inBetween,
      StrategyRegistry strategies,
      GuardedChecks checks) {
    this.checks = checks;
    this.world = world;
    this.witness = witness;
    this.hosts = hosts;
    this.truth = new WitnessedStore(new InMemoryStore(books), witness);
    this.store = inBetween.store.apply(truth);
    this.ids = new DeploymentIds(world.chance.split())::next;
    this.strategies = strategies;
    this.transports = inBetween.transport;
    for (int slot = 0; slot < SLOTS; slot++) {
      slots[slot] = boot();
    }
  }

  private Controller boot() {
    processes++;
    return new Controller("controller " + processes, this);
  }

  World world() {
    return world;
  }

  Witness witness() {
    return witness;
  }

  GroupBooks books() {
    return books;
  }

  /** Selects the hosts of a group. */
  static HostSelector membersOf(String group) {
    return HostSelector.none().tag("group", group);
  }

  /** A group has these hosts from now on, some of which appear once it is deployed to. */
  void members(String group, List<HostId> hosts, List<HostId> joining) {
    members.put(
        membersOf(group),
        Stream.concat(hosts.stream(), joining.stream())
            .map(host -> Host.named(host.value()))
            .toList());
  }

  Inventory inventory() {
    return selector -> members.getOrDefault(selector, List.of());
  }

  /** The store as everybody sees it. */
  Store store() {
    return store;
  }

  Supplier<DeploymentId> ids() {
    return ids;
  }

  GuardedChecks checks() {
    return checks;
  }

  StrategyRegistry strategies() {
    return strategies;
  }

  /** The way to hosts, of a controller that starts. */
  Transport transport(Transport simulated) {
    return transports.apply(simulated);
  }

  int crashes() {
    return crashes;
  }

  SimulatedHost host(HostId id) {
    SimulatedHost host = hosts.get(id);
    if (host == null) {
      throw new IllegalStateException("host " + id + " is not in the fleet");
    }
    return host;
  }

  Ownership commit(Controller controller, Ownership ownership, Commit commit) {
    truth.committing(controller);
    try {
      return store.commit(ownership, commit);
    } finally {
      truth.committing(null);
    }
  }

  /** Has a rollout driven by whoever drives it, or by anybody if nobody does. */
  void wake(DeploymentId id) {
    if (!reconciling) {
      reconciling = true;
      world.after(RECONCILE_EVERY, this::reconcile);
    }
    int slot = drivenBy.computeIfAbsent(id, unused -> world.chance.below(SLOTS));
    slots[slot].supervisor().drive(id);
    if (world.chance.strikes(Fault.SECOND_DRIVER)) {
      slots[SLOTS - 1 - slot].supervisor().drive(id);
    }
  }

  void acquired(DeploymentId id, Controller by) {
    for (int slot = 0; slot < SLOTS; slot++) {
      if (slots[slot] == by) {
        drivenBy.put(id, slot);
      }
    }
  }

  /** A process is gone: another one takes over, and one like it starts after a while. */
  void died(Controller dead) {
    crashes++;
    world.after(world.chance.millis(200, 4_000), () -> handOver(dead));
    world.after(
        world.chance.millis(100, 12_000),
        () -> {
          int slot = slotOf(dead);
          slots[slot] = boot();
          world.trace(() -> slots[slot] + " has started");
          wakeAll();
        });
  }

  /** A process does not answer, which looks as if it were gone. */
  void missed(Controller frozen) {
    world.after(world.chance.millis(200, 4_000), () -> handOver(frozen));
  }

  private void handOver(Controller from) {
    int slot = slotOf(from);
    if (slot < 0) {
      return;
    }
    int other = SLOTS - 1 - slot;
    if (slots[other].isAlive()) {
      drivenBy.replaceAll((id, driver) -> driver == slot ? other : driver);
      wakeAll();
    }
  }

  private void wakeAll() {
    store.unfinished().forEach(this::wake);
  }

  /** Has somebody look now and then after everything that is not over, whatever was forgotten. */
  private void reconcile() {
    reconciling = !store.unfinished().isEmpty();
    if (reconciling) {
      wakeAll();
      world.after(RECONCILE_EVERY, this::reconcile);
    }
  }

  private int slotOf(Controller controller) {
    return List.of(slots).indexOf(controller);
  }

  /** A process dies while it is idle or busy, whichever. */
  void killOne() {
    slots[world.chance.below(SLOTS)].die();
  }
}
