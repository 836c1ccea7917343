package dev.slipway.benchmarks;

import java.io.IOException;

/** Somebody who deploys a bundle to all hosts. */
interface Contender {

  String name();

  /** Returns how often it is worth to be measured, at most. */
  default int mostRepetitions() {
    return Integer.MAX_VALUE;
  }

  /** Returns whether it deploys once before it counts: not what takes long and never gets warm. */
  default boolean isRunFirst() {
    return mostRepetitions() == Integer.MAX_VALUE;
  }

  /** Deploys, and returns the seconds of processor time that its control side took. */
  double push() throws IOException;

  /** Removes what would fill the disk. Does not count. */
  default void tidyUp() throws IOException {}
}
