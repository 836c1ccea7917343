package dev.slipway.engine.train;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.train.TrainCar;
import java.util.Objects;

/**
 * What was seen of one rollout of a train.
 *
 * @param car as its user sees it
 * @param isRollbackOver whether its rollback is over, if it has one
 */
record SeenCar(TrainCar car, boolean isRollbackOver) {

  boolean isStarted() {
    return car.status() != null;
  }

  /** What is to be noted of one that was started. */
  CarNote note() {
    return new CarNote(Objects.requireNonNull(car.status()), car.rollback(), car.noWayBack());
  }

  boolean isOver() {
    return car.status() != null && car.status().isTerminal();
  }

  boolean hasSucceeded() {
    return car.status() == DeploymentStatus.SUCCEEDED;
  }

  /** Whether nothing of it goes on any more, what follows by itself included. */
  boolean isQuiet() {
    return !isStarted() || (isOver() && (car.rollback() == null || isRollbackOver));
  }

  /** Whether it has yet to go back. */
  boolean hasToGoBack() {
    return hasSucceeded() && car.rollback() == null && car.noWayBack() == null;
  }
}
