package dev.slipway.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a deployment costs on its host, each part beside a plain tool that does the like, in turn.
 * Arguments: the parts to measure, in lower case; all of them when there is none.
 */
final class HostBenchmark {

  private HostBenchmark() {}

  /** What is measured. */
  private enum Part {
    PARSE,
    INSTALL,
    UNPACK,
    HEAP,
    LOCAL
  }

  public static void main(String[] args) throws Exception {
    for (Part part : args.length == 0 ? List.of(Part.values()) : named(args)) {
      System.out.println(Stopwatch.machine());
      Path work = Files.createTempDirectory("slipway-host-");
      try {
        measure(part, work);
      } finally {
        Programs.run("rm", "-rf", work.toString());
      }
    }
  }

  private static void measure(Part part, Path work) throws Exception {
    switch (part) {
      case PARSE -> ParsePart.run(work);
      case INSTALL -> InstallPart.run(work);
      case UNPACK -> UnpackPart.run(work);
      case HEAP -> HeapPart.run(work);
      case LOCAL -> LocalPart.run(work);
    }
  }

  private static List<Part> named(String[] names) {
    return Arrays.stream(names).map(name -> Part.valueOf(name.toUpperCase(Locale.ROOT))).toList();
  }
}
