package dev.slipway.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Two ways to do the same, measured in turn, so that whatever else the machine does hits both.
 *
 * @param ours what is measured
 * @param plain what it is compared with
 */
record Duel(Side ours, Side plain) {

  /**
   * One of the two.
   *
   * @param name for the report
   * @param prepare what comes before each run and does not count
   * @param work what counts
   */
  record Side(String name, Stopwatch.Work prepare, Stopwatch.Work work) {}

  /** Runs both so often, after some runs that do not count, and prints medians and their ratio. */
  void run(int warmUp, int repetitions) throws Exception {
    List<Double> oursSeconds = new ArrayList<>();
    List<Double> plainSeconds = new ArrayList<>();
    for (int repetition = -warmUp; repetition < repetitions; repetition++) {
      double first = seconds(ours);
      double second = seconds(plain);
      if (repetition >= 0) {
        oursSeconds.add(first);
        plainSeconds.add(second);
      }
    }
    Sample mine = new Sample(oursSeconds);
    Sample theirs = new Sample(plainSeconds);
    System.out.printf("  %-34s %s%n", ours.name(), mine.inWords(" s"));
    System.out.printf("  %-34s %s%n", plain.name(), theirs.inWords(" s"));
    System.out.printf("  ratio %s%n", mine.dividedBy(theirs).inWords(""));
  }

  private static double seconds(Side side) throws Exception {
    side.prepare().run();
    return Stopwatch.seconds(side.work());
  }
}
