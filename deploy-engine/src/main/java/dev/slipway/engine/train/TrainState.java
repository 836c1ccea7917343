package dev.slipway.engine.train;

import dev.slipway.train.TrainStatus;
import org.jspecify.annotations.Nullable;

/**
 * Where a train stands. What it says is kept before anything is done about it, and everything that
 * is to be done follows from it.
 *
 * @param status in one word
 * @param stage which stage goes out, or back; from 1
 * @param rollsBack whether what has been begun goes back when the train does not succeed
 * @param reason why it does not succeed, or empty
 * @param end as what it ends once it is stopping or rolling back, or null before
 */
record TrainState(
    TrainStatus status, int stage, boolean rollsBack, String reason, @Nullable TrainStatus end) {

  static TrainState begun(boolean rollsBack) {
    return new TrainState(TrainStatus.RUNNING, 1, rollsBack, "", null);
  }

  TrainState at(int next) {
    return new TrainState(status, next, rollsBack, reason, end);
  }

  TrainState with(TrainStatus next) {
    return new TrainState(next, stage, rollsBack, reason, end);
  }

  /** Nothing more starts, and it will end so. */
  TrainState stopping(boolean goesBack, String why, TrainStatus endsAs) {
    return new TrainState(TrainStatus.STOPPING, stage, goesBack, why, endsAs);
  }
}
