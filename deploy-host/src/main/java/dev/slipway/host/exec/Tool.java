package dev.slipway.host.exec;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program of the operating system and waits for it. */
final class Tool {

  /** What a shell says of a program that is not there. */
  static final int NOT_FOUND = 127;

  /**
   * How a program ended.
   *
   * @param pid its process id, 0 when it could not be started
   * @param status its exit status
   * @param output what it wrote, both outputs
   */
  record Result(long pid, int status, String output) {}

  private Tool() {}

  /** Runs the program; to be interrupted while it runs is an error. */
  static Result runWithoutInterruption(List<String> command) throws IOException {
    try {
      return run(command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while running " + command.get(0));
    }
  }

  /** Runs the program with these arguments. */
  static Result run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Process process;
    try {
      process = Starts.of(builder);
    } catch (IOException e) {
      return new Result(0, NOT_FOUND, e.toString());
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.pid(), process.waitFor(), output);
  }
}
