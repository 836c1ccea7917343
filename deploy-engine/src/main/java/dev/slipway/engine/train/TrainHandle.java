package dev.slipway.engine.train;

import dev.slipway.engine.driver.DriverServices;
import dev.slipway.train.Train;
import dev.slipway.train.TrainCar;
import dev.slipway.train.TrainStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The handle of a train: reads what is kept, and knows nothing of who drives. Thread-safe. */
final class TrainHandle implements Train {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final String name;
  private final KeptTrains trains;
  private final TrainYard yard;
  private final DriverServices services;
  private final Runnable wake;

  TrainHandle(
      String name, KeptTrains trains, TrainYard yard, DriverServices services, Runnable wake) {
    this.name = name;
    this.trains = trains;
    this.yard = yard;
    this.services = services;
    this.wake = wake;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TrainStatus status() {
    return state().status();
  }

  @Override
  public String reason() {
    return state().reason();
  }

  private TrainState state() {
    return trains.get(name).state();
  }

  @Override
  public List<TrainCar> cars() {
    return yard.look(name, state()).stream().map(SeenCar::car).toList();
  }

  @Override
  public List<String> explain() {
    TrainState state = state();
    if (state.status().isTerminal()) {
      return List.of();
    }
    List<String> reasons = new ArrayList<>();
    if (!services.supervisor().isDriving()) {
      reasons.add("nobody drives it just now");
    }
    reasons.addAll(TrainCore.explain(state, yard.look(name, state)));
    return reasons;
  }

  @Override
  public void stop(boolean rollBack, String reason) {
    TrainState unused =
        trains.change(
            name,
            state ->
                state.status() == TrainStatus.RUNNING
                    ? state.stopping(
                        rollBack,
                        reason.isEmpty() ? "stopped on request" : "stopped on request: " + reason,
                        TrainStatus.STOPPED)
                    : state);
    wake.run();
  }

  /** Nobody is told of the end of a train, so that it is looked for. */
  @Override
  public Optional<TrainStatus> await(Duration atMost) {
    Duration left = atMost;
    try {
      while (true) {
        TrainStatus status = status();
        if (status.isTerminal()) {
          return Optional.of(status);
        }
        if (left.isNegative() || left.isZero()) {
          return Optional.empty();
        }
        Duration pause = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        left = left.minus(LOOK_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
