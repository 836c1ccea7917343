package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A script and everything that it has started. */
final class ProcessGroup {

  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  private ProcessGroup() {}

  /** Returns what to put before a command so that it leads a session and process group. */
  static List<String> leader() {
    return SETSID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(path -> List.of(path.toString()))
        .orElse(List.of());
  }

  /** Asks the group to end, and after the grace period makes it end. Waits for its leader. */
  static void end(Process leader, Duration grace) throws IOException, InterruptedException {
    signal(leader, "TERM");
    if (!leader.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS)) {
      signal(leader, "KILL");
      leader.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static void signal(Process leader, String name) throws IOException, InterruptedException {
    if (leader().isEmpty()) {
      leader.descendants().forEach(ProcessHandle::destroy);
      leader.destroy();
      return;
    }
    // The program text is fixed; name and number are arguments of it.
    Tool.run(
        List.of("/bin/sh", "-c", "kill -s \"$1\" -- \"-$2\"", "kill", name, "" + leader.pid()));
  }
}
