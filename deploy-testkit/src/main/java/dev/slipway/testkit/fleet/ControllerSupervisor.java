package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.spi.store.Supervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has the driver of one controller called on virtual time. Not thread-safe. */
final class ControllerSupervisor implements Supervisor {

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final Controller controller;
  private final Cluster cluster;
  private final World world;
  private final Set<DeploymentId> queued = new LinkedHashSet<>();
  private final Set<DeploymentId> driving = new LinkedHashSet<>();
  private final Set<DeploymentId> askedMeanwhile = new LinkedHashSet<>();
  private final Map<DeploymentId, Runnable> alarms = new LinkedHashMap<>();

  ControllerSupervisor(Controller controller, Cluster cluster) {
    this.controller = controller;
    this.cluster = cluster;
    this.world = cluster.world();
  }

  @Override
  public void start(Driver driver) {
    throw new UnsupportedOperationException("a simulated controller brings its driver along");
  }

  @Override
  public void wake(DeploymentId id) {
    cluster.wake(id);
  }

  @Override
  public boolean isDriving() {
    return controller.isAlive();
  }

  @Override
  public void close() {}

  /** Has a rollout driven by this controller, soon. */
  void drive(DeploymentId id) {
    if (!controller.isAlive() || !queued.add(id)) {
      return;
    }
    Duration delay =
        world.chance.strikes(Fault.LATE_WAKE)
            ? world.chance.millis(100, 8_000)
            : world.chance.millis(0, 5);
    world.after(delay, () -> controller.run(() -> turn(id)));
  }

  private void turn(DeploymentId id) {
    queued.remove(id);
    if (!driving.add(id)) {
      askedMeanwhile.add(id);
      return;
    }
    try {
      Runnable alarm = alarms.remove(id);
      if (alarm != null) {
        alarm.run();
      }
      again(id).ifPresent(at -> alarms.put(id, world.timers.at(at, () -> drive(id))));
    } finally {
      driving.remove(id);
    }
    if (askedMeanwhile.remove(id)) {
      drive(id);
    }
  }

  private Optional<Instant> again(DeploymentId id) {
    try {
      return controller.driver().drive(id);
    } catch (StoreException e) {
      return Optional.of(world.now().plus(PAUSE_AFTER_FAILURE));
    } catch (RuntimeException e) {
      throw cluster.witness().violation("driving " + id + " failed: " + e, e);
    }
  }
}
