package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** Runs other programs. */
final class Programs {

  private Programs() {}

  /**
   * Returns what the program printed.
   *
   * @throws IOException when it fails, with what it said
   */
  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException(command[0] + " ended with " + status + ": " + output);
    }
    return output;
  }
}
