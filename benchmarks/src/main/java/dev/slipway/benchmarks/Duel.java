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

  /** What one side took, run by run. */
  private record Taken(List<Double> wall, List<Double> processor) {
    Taken() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Runs both so often, after some runs that do not count, and prints medians and their ratio. */
  void run(int warmUp, int repetitions) throws Exception {
    Taken mine = new Taken();
    Taken theirs = new Taken();
    for (int repetition = -warmUp; repetition < repetitions; repetition++) {
      boolean counts = repetition >= 0;
      measure(ours, counts ? mine : new Taken());
      measure(plain, counts ? theirs : new Taken());
    }
    report(ours, mine);
    report(plain, theirs);
    System.out.printf(
        "  ratio of wall time %s, of processor time %.2f%n",
        new Sample(mine.wall()).dividedBy(new Sample(theirs.wall())).inWords(""),
        new Sample(mine.processor()).median() / new Sample(theirs.processor()).median());
  }

  private static void report(Side side, Taken taken) {
    System.out.printf(
        "  %-34s %s, processor %.3f s%n",
        side.name(),
        new Sample(taken.wall()).inWords(" s"),
        new Sample(taken.processor()).median());
  }

  private static void measure(Side side, Taken taken) throws Exception {
    side.prepare().run();
    double processor = ProcessorTime.seconds();
    taken.wall().add(Stopwatch.seconds(side.work()));
    taken.processor().add(ProcessorTime.seconds() - processor);
  }
}
