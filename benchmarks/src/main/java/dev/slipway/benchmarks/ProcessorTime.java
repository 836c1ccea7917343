package dev.slipway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor time of this process, its compiler's and collector's included, and of the programs
 * that it has run to their ends. Unlike wall time it says something on a machine that does other
 * things too.
 */
final class ProcessorTime {

  /** What Linux tells user space, on every architecture that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  /** Where the four times begin behind the program's name, which may have blanks in it. */
  private static final int FIRST = 11;

  private ProcessorTime() {}

  /** Returns the seconds so far, to a hundredth. */
  static double seconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = FIRST; i < FIRST + 4; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }
}
