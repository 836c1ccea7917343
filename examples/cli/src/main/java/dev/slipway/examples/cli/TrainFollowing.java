package dev.slipway.examples.cli;

import dev.slipway.train.Train;
import dev.slipway.train.TrainCar;
import dev.slipway.train.TrainStatus;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stays with a train until its end, and tells whatever changes for one of its rollouts.
 *
 * @param console where to
 * @param json whether in lines of JSON
 */
record TrainFollowing(Console console, boolean json) {

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /** Tells of the train; an interrupt of the process stops it. Returns the exit code. */
  int responsible(Train train) {
    try (Interruption interruption =
        Interruption.stopping(() -> train.stop(false, "interrupted"), console.err())) {
      int code = exitCode(watch(train));
      interruption.endWith(code);
      return code;
    }
  }

  private TrainStatus watch(Train train) {
    Set<String> told = new LinkedHashSet<>();
    Optional<TrainStatus> end = Optional.empty();
    while (end.isEmpty()) {
      end = train.await(LOOK_EVERY);
      List<TrainCar> cars = train.cars();
      if (json) {
        say(told, JsonText.line(TrainText.status(train, cars)));
      } else {
        cars.stream().map(TrainText::line).forEach(line -> say(told, "  " + line));
      }
    }
    if (!json) {
      String reason = train.reason();
      console.out().println("  train " + end.get() + (reason.isEmpty() ? "" : ": " + reason));
      console.out().flush();
    }
    return end.get();
  }

  private void say(Set<String> told, String line) {
    if (told.add(line)) {
      console.out().println(line);
      console.out().flush();
    }
  }

  static int exitCode(TrainStatus status) {
    return switch (status) {
      case SUCCEEDED -> ExitCode.SUCCEEDED;
      case FAILED -> ExitCode.FAILED;
      case STOPPED -> ExitCode.STOPPED;
      case RUNNING, STOPPING, ROLLING_BACK ->
          throw new IllegalStateException("a train ended as " + status);
    };
  }
}
