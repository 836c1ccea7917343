package dev.slipway.host.exec;

import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether AWS's agent is at work on a deployment root. */
final class LiveAgent {

  private LiveAgent() {}

  /**
   * Returns the process id of the agent that works on the root. The agent leaves it in {@code
   * state/.pid} beside its root; a number that it has left behind belongs to nobody, or to another
   * program.
   */
  static Optional<String> on(Layout layout) throws IOException {
    Path file = Path.of(layout.agentPidFile());
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    String pid = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    return pid.matches("[0-9]{1,10}") && isAgent(pid) ? Optional.of(pid) : Optional.empty();
  }

  private static boolean isAgent(String pid) {
    try {
      return Files.readString(Path.of("/proc", pid, "cmdline"), StandardCharsets.ISO_8859_1)
          .contains("codedeploy");
    } catch (IOException e) {
      // There is no such process, or not any more.
      return false;
    }
  }

  /** Returns what to say to whoever wants to deploy beside it. */
  static String refusal(String pid, Layout layout) {
    return "The CodeDeploy agent of AWS runs on this host (process "
        + pid
        + ") with the deployment root "
        + layout.root()
        + ". Stop it, or choose "
        + HostChoice.BESIDE_AGENT.optionName()
        + " to work beside it.";
  }
}
