package dev.slipway.train;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The handle of a train. It only looks and asks: losing it stops nothing.
 *
 * <p>Thread-safe.
 */
public interface Train {

  /** Returns its name. */
  String name();

  /** Returns where it stands. */
  TrainStatus status();

  /** Returns why it does not, or did not, succeed; empty while nothing speaks against it. */
  String reason();

  /** Returns its rollouts, stage by stage. */
  List<TrainCar> cars();

  /** Returns why it does not move, one sentence each; empty when it is over. */
  List<String> explain();

  /**
   * Asks it to stop: rollouts that run come to the end of what their hosts run just now, and
   * nothing more starts. Returns at once. A train that is stopping already, or over, ignores it.
   *
   * @param rollBack whether what has been begun goes back
   * @param reason in words, may be empty
   */
  void stop(boolean rollBack, String reason);

  /**
   * Waits for the end, that of all that goes back included.
   *
   * @param atMost how long
   * @return empty when it is not over by then, or the wait was interrupted; nothing is stopped
   */
  Optional<TrainStatus> await(Duration atMost);
}
