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

  /** How often a group without its leader is looked at: nobody tells when it is empty. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private ProcessGroup() {}

  /** Returns what to put before a command so that it leads a session and process group. */
  static List<String> leader() {
    return SETSID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(path -> List.of(path.toString()))
        .orElse(List.of());
  }

  /** Asks the group to end, and after the grace period makes end who is left of it. */
  static void end(Process leader, Duration grace, ElapsedTime elapsed)
      throws IOException, InterruptedException {
    long deadline = elapsed.nanos() + grace.toNanos();
    signal(leader, "TERM");
    if (!isEmptyBy(deadline, leader, elapsed)) {
      signal(leader, "KILL");
      leader.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Waits for the leader and then for the others: what ignores a signal may outlive its leader. */
  private static boolean isEmptyBy(long deadline, Process leader, ElapsedTime elapsed)
      throws IOException, InterruptedException {
    if (!leader.waitFor(deadline - elapsed.nanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    // While the group has a member, its number is given to no other process.
    while (hasMembers(leader)) {
      if (deadline - elapsed.nanos() <= 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    }
    return true;
  }

  private static boolean hasMembers(Process leader) throws IOException, InterruptedException {
    // Not every shell knows "--" here.
    List<String> look = List.of("/bin/sh", "-c", "kill -0 \"-$1\"", "kill", "" + leader.pid());
    return !leader().isEmpty() && Tool.run(look).status() == 0;
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
