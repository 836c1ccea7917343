package dev.slipway.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that a deployment takes, whatever its size, in a JVM of 64 MiB. */
final class HeapPart {

  private static final long[] SIZES = {1_000_000, 1_000_000_000};
  private static final String HEAP = "-Xmx64m";

  private HeapPart() {}

  static void run(Path work) throws Exception {
    System.out.printf("heap: a whole deployment in a JVM of its own with %s%n", HEAP);
    for (long size : SIZES) {
      Path content = work.resolve("content");
      GeneratedFiles.appSpec(
          content, "files:\n  - source: noise\n    destination: " + work.resolve("srv") + "\n");
      new GeneratedFiles(3).noise(content.resolve("noise"), size);
      Path bundle = work.resolve("bundle.tgz");
      Programs.run("tar", "-I", "gzip -1", "-cf", bundle.toString(), "-C", content.toString(), ".");
      Programs.run("rm", "-rf", content.toString());
      String report =
          Programs.run(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              HEAP,
              "-cp",
              System.getProperty("java.class.path"),
              HeapProbe.class.getName(),
              work.resolve("root").toString(),
              bundle.toString());
      System.out.printf("  bundle of %,13d bytes: %s%n", Files.size(bundle), report.strip());
      Programs.run("rm", "-rf", work.resolve("root").toString(), work.resolve("srv").toString());
    }
  }
}
