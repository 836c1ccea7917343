package dev.slipway.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.train.TrainCore.CarStep;
import dev.slipway.engine.train.TrainCore.Step;
import dev.slipway.train.TrainCar;
import dev.slipway.train.TrainStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TrainCoreTest {

  private static final DeploymentId ROLLBACK = new DeploymentId("d-ROLLBACK1");

  private static SeenCar car(int stage, @Nullable DeploymentStatus status) {
    return car(stage, status, null, false);
  }

  private static SeenCar car(
      int stage, @Nullable DeploymentStatus status, @Nullable DeploymentId back, boolean isOver) {
    return new SeenCar(
        new TrainCar(
            stage,
            "app-" + stage,
            "prod",
            new DeploymentId("d-CAR00000" + stage),
            status,
            back,
            null),
        isOver);
  }

  private static List<Step> steps(TrainState state, List<SeenCar> cars) {
    return TrainCore.steps(state, cars).stream().map(CarStep::step).toList();
  }

  @Test
  void a_stage_starts_when_the_one_before_it_has_succeeded() {
    TrainState begun = TrainState.begun(true);
    List<SeenCar> fresh = List.of(car(1, null), car(2, null));
    List<SeenCar> running = List.of(car(1, DeploymentStatus.IN_PROGRESS), car(2, null));
    List<SeenCar> done = List.of(car(1, DeploymentStatus.SUCCEEDED), car(2, null));

    assertThat(TrainCore.decide(begun, fresh)).isEqualTo(begun);
    assertThat(TrainCore.steps(begun, fresh))
        .containsExactly(new CarStep(Step.START, fresh.get(0).car()));
    assertThat(TrainCore.decide(begun, running)).isEqualTo(begun);
    assertThat(TrainCore.steps(begun, running)).isEmpty();
    assertThat(TrainCore.explain(begun, running))
        .containsExactly("stage 1 of 2: waits for app-1/prod (d-CAR000001), which is InProgress");
    assertThat(TrainCore.decide(begun, done)).isEqualTo(begun.at(2));
    assertThat(
            TrainCore.decide(begun.at(2), List.of(done.get(0), car(2, DeploymentStatus.SUCCEEDED))))
        .extracting(TrainState::status)
        .isEqualTo(TrainStatus.SUCCEEDED);
  }

  @Test
  void one_that_does_not_succeed_stops_those_that_run_and_then_all_go_back_the_last_stage_first() {
    TrainState running = TrainState.begun(true).at(2);
    List<SeenCar> failing =
        List.of(
            car(1, DeploymentStatus.SUCCEEDED),
            car(2, DeploymentStatus.FAILED, ROLLBACK, false),
            car(2, DeploymentStatus.IN_PROGRESS));

    TrainState stopping = TrainCore.decide(running, failing);

    assertThat(stopping.status()).isEqualTo(TrainStatus.STOPPING);
    assertThat(stopping.reason()).contains("app-2/prod", "Failed");
    assertThat(steps(stopping, failing)).containsExactly(Step.STOP);
    assertThat(TrainCore.decide(stopping, failing)).isEqualTo(stopping);

    List<SeenCar> quiet =
        List.of(
            car(1, DeploymentStatus.SUCCEEDED),
            car(2, DeploymentStatus.FAILED, ROLLBACK, true),
            car(2, DeploymentStatus.SUCCEEDED));
    TrainState back = TrainCore.decide(stopping, quiet);

    assertThat(back.status()).isEqualTo(TrainStatus.ROLLING_BACK);
    assertThat(TrainCore.steps(back, quiet))
        .containsExactly(new CarStep(Step.GO_BACK, quiet.get(2).car()));

    List<SeenCar> lastIsBack =
        List.of(quiet.get(0), quiet.get(1), car(2, DeploymentStatus.SUCCEEDED, ROLLBACK, true));
    TrainState first = TrainCore.decide(back, lastIsBack);

    assertThat(first).isEqualTo(back.at(1));
    assertThat(TrainCore.steps(first, lastIsBack))
        .containsExactly(new CarStep(Step.GO_BACK, quiet.get(0).car()));
    assertThat(
            TrainCore.decide(
                first,
                List.of(
                    car(1, DeploymentStatus.SUCCEEDED, ROLLBACK, true),
                    lastIsBack.get(1),
                    lastIsBack.get(2))))
        .extracting(TrainState::status)
        .isEqualTo(TrainStatus.FAILED);
  }

  @Test
  void what_has_no_way_back_holds_up_nothing() {
    TrainState back =
        TrainState.begun(true)
            .stopping(true, "why", TrainStatus.STOPPED)
            .with(TrainStatus.ROLLING_BACK);
    TrainCar door =
        new TrainCar(
            1,
            "db",
            "prod",
            new DeploymentId("d-CAR000001"),
            DeploymentStatus.SUCCEEDED,
            null,
            "schema 41 to 42");

    List<SeenCar> cars = List.of(new SeenCar(door, false));

    assertThat(TrainCore.steps(back, cars)).isEmpty();
    assertThat(TrainCore.decide(back, cars).status()).isEqualTo(TrainStatus.STOPPED);
  }

  @Test
  void without_a_rollback_what_has_succeeded_stays() {
    TrainState stopping = TrainState.begun(false).at(2).stopping(false, "why", TrainStatus.FAILED);

    assertThat(
            TrainCore.decide(
                stopping,
                List.of(car(1, DeploymentStatus.SUCCEEDED), car(2, DeploymentStatus.FAILED))))
        .extracting(TrainState::status)
        .isEqualTo(TrainStatus.FAILED);
  }

  /** However rollouts fare, whatever is looked at in whatever order, a train ends. */
  @Test
  void every_train_ends_and_as_its_rollouts_have_fared() {
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int stages = random.nextInt(1, 5);
      List<SeenCar> cars = new ArrayList<>();
      for (int stage = 1; stage <= stages; stage++) {
        for (int width = random.nextInt(1, 4); width > 0; width--) {
          cars.add(car(stage, null));
        }
      }
      TrainState state = TrainState.begun(random.nextBoolean());
      int looks = 0;
      while (!state.status().isTerminal()) {
        assertThat(++looks).as("seed %d: %s %s", seed, state, cars).isLessThan(1_000);
        TrainState next = TrainCore.decide(state, cars);
        boolean moved = !next.equals(state);
        state = next;
        List<CarStep> steps = TrainCore.steps(state, cars);
        boolean isExplained =
            moved || state.status().isTerminal() || !TrainCore.explain(state, cars).isEmpty();
        boolean isDecided = TrainCore.decide(state, cars).equals(state);
        assertThat(isExplained || !isDecided)
            .as("seed %d: %s does not say what it waits for", seed, state)
            .isTrue();
        goOn(random, state, cars, steps);
      }
      boolean allSucceeded = cars.stream().allMatch(SeenCar::hasSucceeded);
      assertThat(state.status() == TrainStatus.SUCCEEDED)
          .as("seed %d", seed)
          .isEqualTo(allSucceeded);
      if (!allSucceeded && state.rollsBack()) {
        assertThat(cars).as("seed %d", seed).noneMatch(SeenCar::hasToGoBack);
      }
    }
  }

  private static void goOn(
      SplittableRandom random, TrainState state, List<SeenCar> cars, List<CarStep> steps) {
    for (int i = 0; i < cars.size(); i++) {
      SeenCar seen = cars.get(i);
      TrainCar car = seen.car();
      boolean isTold =
          steps.stream().anyMatch(step -> step.car().equals(car)) && random.nextBoolean();
      if (isTold && !seen.isStarted()) {
        cars.set(i, car(car.stage(), DeploymentStatus.IN_PROGRESS));
      } else if (isTold && seen.hasSucceeded()) {
        cars.set(i, car(car.stage(), DeploymentStatus.SUCCEEDED, ROLLBACK, false));
      } else if (seen.isStarted() && !seen.isOver() && random.nextBoolean()) {
        DeploymentStatus end =
            state.status() == TrainStatus.STOPPING
                ? DeploymentStatus.STOPPED
                : random.nextInt(6) == 0 ? DeploymentStatus.FAILED : DeploymentStatus.SUCCEEDED;
        boolean goesBack = end != DeploymentStatus.SUCCEEDED && state.rollsBack();
        cars.set(i, car(car.stage(), end, goesBack ? ROLLBACK : null, false));
      } else if (car.rollback() != null && random.nextBoolean()) {
        cars.set(i, car(car.stage(), car.status(), car.rollback(), true));
      }
    }
  }
}
