package dev.slipway.engine.train;

import dev.slipway.train.TrainCar;
import dev.slipway.train.TrainStatus;
import java.util.List;
import java.util.Objects;

/**
 * Decides what becomes of a train. Pure: the same state and cars give the same answer.
 *
 * <p>A state is kept first, and then what {@link #steps} says is done, as often as need be: each
 * step is harmless when it has been done.
 */
final class TrainCore {

  private TrainCore() {}

  /** What to do about one rollout. */
  enum Step {
    /** Start it, behind what its group is busy with. */
    START,
    /** Ask it to stop. */
    STOP,
    /** Deploy again what its group had before. */
    GO_BACK
  }

  /** A step for a rollout. */
  record CarStep(Step step, TrainCar car) {}

  /**
   * Returns the state that follows, the same one when there is nothing to decide.
   *
   * @param cars all of them, stage by stage
   */
  static TrainState decide(TrainState state, List<SeenCar> cars) {
    return switch (state.status()) {
      case RUNNING -> running(state, cars);
      case STOPPING -> stopping(state, cars);
      case ROLLING_BACK -> rollingBack(state, cars);
      case SUCCEEDED, FAILED, STOPPED -> state;
    };
  }

  private static TrainState running(TrainState state, List<SeenCar> cars) {
    for (SeenCar seen : cars) {
      if (seen.isOver() && !seen.hasSucceeded()) {
        return state.stopping(
            state.rollsBack(),
            "%s (%s) is %s"
                .formatted(
                    seen.car().target(),
                    seen.car().deployment(),
                    Objects.requireNonNull(seen.car().status()).wireName()),
            TrainStatus.FAILED);
      }
    }
    if (!of(cars, state.stage()).stream().allMatch(SeenCar::hasSucceeded)) {
      return state;
    }
    return state.stage() == stages(cars)
        ? state.with(TrainStatus.SUCCEEDED)
        : state.at(state.stage() + 1);
  }

  private static TrainState stopping(TrainState state, List<SeenCar> cars) {
    if (!cars.stream().allMatch(SeenCar::isQuiet)) {
      return state;
    }
    return state.rollsBack()
        ? state.with(TrainStatus.ROLLING_BACK)
        : state.with(Objects.requireNonNull(state.end()));
  }

  private static TrainState rollingBack(TrainState state, List<SeenCar> cars) {
    boolean isBack =
        of(cars, state.stage()).stream().allMatch(seen -> !seen.hasToGoBack() && seen.isQuiet());
    if (!isBack) {
      return state;
    }
    return state.stage() == 1
        ? state.with(Objects.requireNonNull(state.end()))
        : state.at(state.stage() - 1);
  }

  /** Returns what is to be done in a state, as far as it has not been done. */
  static List<CarStep> steps(TrainState state, List<SeenCar> cars) {
    return switch (state.status()) {
      case RUNNING ->
          of(cars, state.stage()).stream()
              .filter(seen -> !seen.isStarted())
              .map(seen -> new CarStep(Step.START, seen.car()))
              .toList();
      case STOPPING ->
          cars.stream()
              .filter(seen -> seen.isStarted() && !seen.isOver())
              .map(seen -> new CarStep(Step.STOP, seen.car()))
              .toList();
      case ROLLING_BACK ->
          of(cars, state.stage()).stream()
              .filter(SeenCar::hasToGoBack)
              .map(seen -> new CarStep(Step.GO_BACK, seen.car()))
              .toList();
      case SUCCEEDED, FAILED, STOPPED -> List.of();
    };
  }

  /** Returns what it waits for, one sentence each. */
  static List<String> explain(TrainState state, List<SeenCar> cars) {
    return switch (state.status()) {
      case RUNNING ->
          of(cars, state.stage()).stream()
              .filter(seen -> !seen.hasSucceeded())
              .map(
                  seen ->
                      "stage %d of %d: waits for %s"
                          .formatted(state.stage(), stages(cars), words(seen)))
              .toList();
      case STOPPING ->
          cars.stream()
              .filter(seen -> !seen.isQuiet())
              .map(seen -> "is stopping (%s): waits for %s".formatted(state.reason(), words(seen)))
              .toList();
      case ROLLING_BACK ->
          of(cars, state.stage()).stream()
              .filter(seen -> seen.hasToGoBack() || !seen.isQuiet())
              .map(
                  seen ->
                      "stage %d goes back (%s): waits for %s"
                          .formatted(state.stage(), state.reason(), words(seen)))
              .toList();
      case SUCCEEDED, FAILED, STOPPED -> List.of();
    };
  }

  private static String words(SeenCar seen) {
    TrainCar car = seen.car();
    if (car.rollback() != null) {
      return "the rollback %s of %s".formatted(car.rollback(), car.target());
    }
    return car.status() == null
        ? car.target() + ", which starts when its driver looks next"
        : "%s (%s), which is %s".formatted(car.target(), car.deployment(), car.status().wireName());
  }

  private static List<SeenCar> of(List<SeenCar> cars, int stage) {
    return cars.stream().filter(seen -> seen.car().stage() == stage).toList();
  }

  private static int stages(List<SeenCar> cars) {
    return cars.stream().mapToInt(seen -> seen.car().stage()).max().orElse(0);
  }
}
