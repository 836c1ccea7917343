package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.driver.DriverServices;
import dev.slipway.engine.driver.OutputOffsets;
import dev.slipway.engine.driver.RolloutDriver;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.transport.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One process that drives rollouts: the production driver, between a store, a supervisor and a
 * transport that let it die or freeze at each call. Not thread-safe.
 */
final class Controller {

  private final String name;
  private final World world;
  private final Cluster cluster;
  private final ControllerSupervisor supervisor;
  private final Supervisor.Driver driver;
  private final Deque<Runnable> mail = new ArrayDeque<>();
  private final Map<DeploymentId, Long> epochs = new LinkedHashMap<>();
  private boolean alive = true;
  private boolean frozen;

  Controller(String name, Cluster cluster) {
    this.name = name;
    this.cluster = cluster;
    this.world = cluster.world();
    Transport transport = cluster.transport(new ControllerTransport(this, cluster));
    this.supervisor = new ControllerSupervisor(this, cluster);
    this.driver =
        new RolloutDriver(
            new DriverServices(
                new ControllerStore(this, cluster),
                cluster.books(),
                cluster.inventory(),
                new NoContent(),
                host -> transport,
                cluster.strategies(),
                cluster.checks(),
                reference ->
                    Optional.of(
                        new ControllerTraffic(
                            this, cluster, cluster.witness().traffic(reference.name()))),
                reference -> Optional.of(new ControllerTermination(this, cluster)),
                supervisor,
                new ControllerTimers(this, world.timers),
                Runnable::run,
                new OutputOffsets(),
                cluster.ids()));
  }

  Supervisor.Driver driver() {
    return driver;
  }

  ControllerSupervisor supervisor() {
    return supervisor;
  }

  boolean isAlive() {
    return alive;
  }

  /** Whether this controller is, as far as it can know, the owner of a rollout. */
  boolean holds(DeploymentId id, long epoch) {
    return epochs.getOrDefault(id, 0L) == epoch;
  }

  void acquired(DeploymentId id, long epoch) {
    epochs.put(id, epoch);
  }

  /** Runs something in this process, later if it is frozen, never if it is dead. */
  void run(Runnable task) {
    if (!alive) {
      return;
    }
    if (frozen) {
      mail.addLast(task);
      return;
    }
    try {
      task.run();
    } catch (ControllerCrash e) {
      world.trace(() -> name + " is gone");
    }
  }

  /** A place between two steps, where a process may die or freeze. */
  void point(String where) {
    world.step();
    checkAlive();
    if (world.chance.strikes(Fault.CONTROLLER_CRASH) && world.chance.oneIn(8)) {
      world.trace(() -> name + " dies at " + where);
      die();
    }
    if (world.mayFreeze() && world.chance.strikes(Fault.ZOMBIE) && world.chance.oneIn(8)) {
      freeze(where);
    }
    checkAlive();
  }

  /** A place where the store may be slow or out of order. */
  void storePoint(String where) {
    point(where);
    if (world.mayFreeze() && world.chance.strikes(Fault.SLOW_STORE) && world.chance.oneIn(3)) {
      world.trace(() -> name + " waits for the store at " + where);
      world.freeze(world.chance.millis(20, 6_000));
      checkAlive();
    }
  }

  /** Fails as a store does that is out of order. */
  void outage(String where) {
    if (world.chance.strikes(Fault.STORE_OUTAGE)) {
      world.trace(() -> name + " finds the store out of order at " + where);
      throw new StoreException(Reason.UNAVAILABLE, "the store is out of order just now");
    }
  }

  private void checkAlive() {
    if (!alive) {
      throw new ControllerCrash();
    }
  }

  private void freeze(String where) {
    Duration time = world.chance.millis(500, 90_000);
    world.trace(() -> name + " freezes at " + where + " for " + time);
    frozen = true;
    cluster.missed(this);
    world.freeze(time);
    frozen = false;
    world.trace(() -> name + " wakes up at " + where);
    while (!mail.isEmpty()) {
      Runnable task = mail.removeFirst();
      world.after(Duration.ZERO, () -> run(task));
    }
  }

  /** Ends this process. */
  void die() {
    if (alive) {
      alive = false;
      cluster.died(this);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
