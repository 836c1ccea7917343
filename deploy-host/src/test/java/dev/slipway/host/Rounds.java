package dev.slipway.host;

import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;

/**
 * How often a test tries its luck. Each seed is in the name of its run, so that a failure can be
 * had again: {@code -Dslipway.seed=S -Dslipway.rounds=1}.
 */
@NullMarked
public final class Rounds {

  private Rounds() {}

  /**
   * Returns the seeds, one for each round.
   *
   * @param quick how many in every build; {@code -Dslipway.rounds=N} asks for as many as one likes
   * @param soak how many with {@code -Psoak}
   */
  public static LongStream seeds(int quick, int soak) {
    int usual = Boolean.getBoolean("slipway.soak") ? soak : quick;
    long first = Long.getLong("slipway.seed", 1);
    return LongStream.range(first, first + Integer.getInteger("slipway.rounds", usual));
  }
}
