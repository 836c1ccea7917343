package dev.slipway.engine.train;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.driver.DriverServices;
import dev.slipway.engine.driver.RolloutHandle;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.engine.driver.WayBack;
import dev.slipway.event.RollbackWish;
import dev.slipway.rollout.RolloutRequest;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.train.TrainCar;
import dev.slipway.train.TrainStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at the rollouts of trains, and does to them what was decided. Thread-safe. */
final class TrainYard {

  private final KeptTrains trains;
  private final DriverServices services;

  /** How rollouts that are over have ended, which never changes. */
  private final Map<DeploymentId, DeploymentStatus> ended = new ConcurrentHashMap<>();

  private final Map<String, List<Coach>> cars = new ConcurrentHashMap<>();

  TrainYard(KeptTrains trains, DriverServices services) {
    this.trains = trains;
    this.services = services;
  }

  /**
   * Returns where the cars of a train stand, stage by stage.
   *
   * @param exactly whether it matters how one stands that is not over
   */
  List<SeenCar> look(String name, TrainState state, boolean exactly) {
    return cars.computeIfAbsent(name, this::read).stream()
        .map(car -> look(car, state, exactly))
        .toList();
  }

  /** What never changes of a car, without its hosts. */
  private record Coach(int stage, String application, String group, DeploymentId id) {}

  private List<Coach> read(String name) {
    return trains.cars(name).stream()
        .map(
            car -> {
              RolloutRecord record = car.rollout();
              return new Coach(
                  car.stage(),
                  record.work().application(),
                  record.work().deploymentGroup(),
                  record.definition().deployment());
            })
        .toList();
  }

  private SeenCar look(Coach car, TrainState state, boolean exactly) {
    DeploymentId id = car.id();
    boolean isStarted =
        ended.containsKey(id)
            || services.store().find(car.application(), car.group(), id.value()).isPresent();
    DeploymentStatus status = isStarted ? status(id, exactly) : null;
    DeploymentId rollback =
        status == null || !status.isTerminal() ? null : WayBack.of(services, id).orElse(null);
    String noWayBack =
        state.rollsBack()
                && state.end() != null
                && status == DeploymentStatus.SUCCEEDED
                && rollback == null
            ? WayBack.obstacle(services, id).orElse(null)
            : null;
    return new SeenCar(
        new TrainCar(car.stage(), car.application(), car.group(), id, status, rollback, noWayBack),
        rollback != null && services.store().isOver(rollback));
  }

  private DeploymentStatus status(DeploymentId id, boolean exactly) {
    DeploymentStatus known = ended.get(id);
    if (known != null) {
      return known;
    }
    if (!exactly && !services.store().isOver(id)) {
      return DeploymentStatus.IN_PROGRESS;
    }
    DeploymentStatus status = new RolloutHandle(services, id).status();
    if (status.isTerminal()) {
      ended.put(id, status);
    }
    return status;
  }

  /** Does a step. */
  void take(String name, TrainState state, TrainCore.CarStep step) {
    DeploymentId id = step.car().deployment();
    switch (step.step()) {
      case START -> start(name, id);
      case STOP -> stop(name, state, id);
      case GO_BACK -> WayBack.begin(services, id);
    }
  }

  private void stop(String name, TrainState state, DeploymentId id) {
    boolean unused =
        new RolloutHandle(services, id)
            .request(
                RolloutRequest.stop("train " + name + ": " + state.reason()).once("train-" + name),
                state.rollsBack() ? RollbackWish.ALWAYS : RollbackWish.NEVER);
  }

  private void start(String name, DeploymentId id) {
    trains.cars(name).stream()
        .filter(car -> car.rollout().definition().deployment().equals(id))
        .findFirst()
        .ifPresent(
            car -> {
              RolloutRecord record = car.rollout();
              RolloutHeader kept =
                  services
                      .store()
                      .enqueue(
                          new RolloutHeader(
                              id,
                              record.work().application(),
                              record.work().deploymentGroup(),
                              id.value(),
                              null,
                              services.timers().instant(),
                              car.record()));
              services.supervisor().wake(kept.id());
              stopIfLate(name, id);
            });
  }

  /** The train may have come to a stop since it was decided to start it. */
  private void stopIfLate(String name, DeploymentId id) {
    TrainState now = trains.get(name).state();
    if (now.status() != TrainStatus.RUNNING) {
      stop(name, now, id);
    }
  }

  /** What is remembered of a train that is over. */
  void forget(String name) {
    List<Coach> of = cars.remove(name);
    if (of != null) {
      of.forEach(car -> ended.remove(car.id()));
    }
  }
}
