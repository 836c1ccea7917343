package dev.slipway.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures pieces of work, again and again. */
final class Stopwatch {

  private static final double NANOS = 1e9;

  private Stopwatch() {}

  /** A piece of work that may fail. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Returns how many seconds the work takes. */
  static double seconds(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / NANOS;
  }

  /** Returns how many seconds of a processor this process has taken so far. */
  static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / NANOS;
  }

  /** Returns the seconds of each repetition, after some that do not count. */
  static Sample seconds(int warmUp, int repetitions, Work work) throws Exception {
    for (int i = 0; i < warmUp; i++) {
      work.run();
    }
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      seconds.add(seconds(work));
    }
    return new Sample(seconds);
  }

  /** Returns what the figures were measured on. */
  static String machine() {
    return String.format(
        Locale.ROOT,
        "%d processors, %s %s, Java %s, load %.2f",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        Runtime.version(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
