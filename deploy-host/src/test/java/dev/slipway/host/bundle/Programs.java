package dev.slipway.host.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs of a Unix host, for comparison. */
final class Programs {

  private Programs() {}

  static boolean exist(String... names) {
    for (String name : names) {
      if (!Files.isExecutable(Path.of("/usr/bin", name))
          && !Files.isExecutable(Path.of("/bin", name))) {
        return false;
      }
    }
    return true;
  }

  /** Runs a program and fails if it does. */
  static void run(String... command) throws IOException, InterruptedException {
    Outcome outcome = tryRun(command);
    if (outcome.status() != 0) {
      throw new IllegalStateException(List.of(command) + ": " + outcome);
    }
  }

  record Outcome(int status, String output) {}

  static Outcome tryRun(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
