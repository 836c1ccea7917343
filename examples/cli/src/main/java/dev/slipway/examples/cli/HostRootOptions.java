package dev.slipway.examples.cli;

import dev.slipway.host.exec.HostRecords;
import dev.slipway.host.local.DeploymentRoot;
import dev.slipway.host.plan.Layout;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which deployment root of this machine a command is about. */
final class HostRootOptions {

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = {
        "the deployment root (that of the agent's configuration, or else",
        Layout.AGENT_ROOT + " for root, ~/.slipway/deployment-root for others)"
      })
  private @Nullable Path root;

  @Option(
      names = {"-c", "--agent-configuration-file"},
      paramLabel = "FILE",
      description = "the configuration of AWS's agent, which names the deployment root")
  private @Nullable Path configuration;

  HostRecords records() {
    return new HostRecords(root == null ? layout() : new Layout(absolute(root)));
  }

  private Layout layout() {
    Path home = Path.of(System.getProperty("user.home"));
    return DeploymentRoot.of(configuration, System.getProperty("user.name"), home);
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }
}
