package dev.slipway.engine.train;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.driver.DriverServices;
import dev.slipway.engine.driver.RolloutHandle;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.engine.driver.WayBack;
import dev.slipway.engine.train.KeptTrains.KeptNote;
import dev.slipway.event.RollbackWish;
import dev.slipway.rollout.RolloutRequest;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.train.TrainCar;
import dev.slipway.train.TrainStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the rollouts of trains, and does to them what was decided. Thread-safe. */
final class TrainYard {

  private static final Logger LOG = LoggerFactory.getLogger(TrainYard.class);

  private final KeptTrains trains;
  private final DriverServices services;

  private final Map<String, List<Coach>> cars = new ConcurrentHashMap<>();

  TrainYard(KeptTrains trains, DriverServices services) {
    this.trains = trains;
    this.services = services;
  }

  /** Returns where the cars of a train stand just now, stage by stage. */
  List<SeenCar> look(String name, TrainState state) {
    return look(name, state, trains.notes(name), true);
  }

  /**
   * Returns where the cars of a train stand, stage by stage, after that was noted. How one stands
   * that is not over does not matter.
   */
  List<SeenCar> lookAndNote(String name, TrainState state) {
    while (true) {
      // Read before anything else: what others note meanwhile is never replaced by older sights.
      Map<DeploymentId, KeptNote> notes = trains.notes(name);
      List<SeenCar> seen = look(name, state, notes, false);
      Map<DeploymentId, CarNote> started = new LinkedHashMap<>();
      seen.stream()
          .filter(SeenCar::isStarted)
          .forEach(car -> started.put(car.car().deployment(), car.note()));
      if (trains.note(name, notes, started)) {
        return seen;
      }
    }
  }

  private List<SeenCar> look(
      String name, TrainState state, Map<DeploymentId, KeptNote> notes, boolean exactly) {
    return cars.computeIfAbsent(name, this::read).stream()
        .map(
            car -> {
              KeptNote kept = notes.get(car.id());
              return look(car, state, kept == null ? null : kept.note(), exactly);
            })
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

  private SeenCar look(Coach car, TrainState state, @Nullable CarNote note, boolean exactly) {
    DeploymentStatus status = status(car, note, exactly);
    DeploymentId rollback = null;
    boolean isRollbackOver = false;
    if (status != null && status.isTerminal()) {
      Optional<DeploymentId> kept = WayBack.of(services, car.application(), car.group(), car.id());
      rollback = kept.orElse(note == null ? null : note.rollback());
      // One that is not over is always kept.
      isRollbackOver = kept.map(services.store()::isOver).orElse(rollback != null);
    }
    boolean hasToGoBack =
        state.rollsBack()
            && state.end() != null
            && status == DeploymentStatus.SUCCEEDED
            && rollback == null;
    return new SeenCar(
        new TrainCar(
            car.stage(),
            car.application(),
            car.group(),
            car.id(),
            status,
            rollback,
            hasToGoBack ? noWayBack(car, note) : null),
        isRollbackOver);
  }

  private @Nullable DeploymentStatus status(Coach car, @Nullable CarNote note, boolean exactly) {
    if (note != null && note.status().isTerminal()) {
      return note.status();
    }
    if (isKept(car)) {
      return exactly || services.store().isOver(car.id())
          ? new RolloutHandle(services, car.id()).status()
          : DeploymentStatus.IN_PROGRESS;
    }
    if (note == null) {
      return null;
    }
    // Starting it again could replace what its group has got since.
    LOG.warn(
        "deployment={} of a train is not kept any more, and nobody has seen its end: it counts as"
            + " Failed; let the store keep more rollouts that are over",
        car.id());
    return DeploymentStatus.FAILED;
  }

  private boolean isKept(Coach car) {
    return services.store().find(car.application(), car.group(), car.id().value()).isPresent();
  }

  private @Nullable String noWayBack(Coach car, @Nullable CarNote note) {
    if (isKept(car)) {
      return WayBack.obstacle(services, car.id()).orElse(null);
    }
    return note != null && note.noWayBack() != null
        ? note.noWayBack()
        : "deployment " + car.id() + " is not kept any more: others of its group came after it";
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
              // If there is a note already, it says more.
              boolean unused = trains.note(name, Map.of(), Map.of(id, CarNote.STARTED));
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
    cars.remove(name);
  }
}
