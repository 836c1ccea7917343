package dev.slipway.examples.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs programs of this machine, by its shell. */
final class Programs {

  private static final int MOST_OUTPUT = 4_000;

  private Programs() {}

  /** How a program ended: with which code, and what it printed first. */
  record Ended(int code, String output) {}

  /**
   * Runs a line of the shell to its end.
   *
   * @param arguments what it finds as its arguments
   * @throws IOException if it cannot be run
   * @throws InterruptedException if it took too long; it is ended then
   */
  static Ended run(String line, List<String> arguments, Map<String, String> variables)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", line + " \"$@\"", "sh"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    try (InputStream output = process.getInputStream()) {
      process.getOutputStream().close();
      String first = new String(output.readNBytes(MOST_OUTPUT), UTF_8).strip();
      output.skip(Long.MAX_VALUE);
      return new Ended(process.waitFor(), first);
    } finally {
      process.destroy();
    }
  }
}
