package dev.slipway.examples.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs programs of this machine, by its shell. */
final class Programs {

  private Programs() {}

  /** How a program ended: with which code, and what it printed first. */
  record Ended(int code, String output) {}

  /**
   * Runs a line of the shell to its end. What it leaves running behind it is not waited for.
   *
   * @param arguments what it finds as its arguments
   * @param input the lines that it finds on its standard input: arguments have a limit
   * @throws IOException if it cannot be run
   * @throws InterruptedException if it took too long; it is ended then, with all that it has
   *     started
   */
  static Ended run(
      String line, List<String> arguments, List<String> input, Map<String, String> variables)
      throws IOException, InterruptedException {
    // In a file, because a program that reads nothing of a pipe would hold up whoever writes to it.
    Path lines = Files.createTempFile("slipway-", ".txt");
    try {
      Files.write(lines, input, UTF_8);
      List<String> command = new ArrayList<>(List.of("sh", "-c", line + " \"$@\"", "sh"));
      command.addAll(arguments);
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectInput(lines.toFile());
      builder.environment().putAll(variables);
      return run(builder.start());
    } finally {
      Files.deleteIfExists(lines);
    }
  }

  private static Ended run(Process process) throws InterruptedException {
    FirstOutput output = FirstOutput.of(process.getInputStream());
    try {
      int code = process.waitFor();
      return new Ended(code, output.text());
    } finally {
      // Whose parent has ended is nobody's descendant any more.
      List<ProcessHandle> started = process.descendants().toList();
      process.destroyForcibly();
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
