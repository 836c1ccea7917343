package dev.slipway.host.local;

import dev.slipway.failure.RequestException;
import dev.slipway.host.plan.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which deployment root of this machine is meant when nobody names one. */
public final class DeploymentRoot {

  /** Where the configuration of AWS's agent is. */
  public static final Path AGENT_CONFIGURATION =
      Path.of("/etc/codedeploy-agent/conf/codedeployagent.yml");

  private DeploymentRoot() {}

  /**
   * Returns the root that the configuration of AWS's agent names, if there is one, or else the one
   * that a push would take: that of AWS's agent for root, one in the home directory for others.
   *
   * @param configuration the configuration of the agent, which need not be there; null for {@link
   *     #AGENT_CONFIGURATION}
   * @param user the account's name
   * @param home its home directory, absolute
   * @throws RequestException when the configuration was named and cannot be read, or names no root
   */
  public static Layout of(@Nullable Path configuration, String user, Path home) {
    try {
      if (configuration != null) {
        return new Layout(AgentConfiguration.read(configuration).rootDirectory());
      }
      if (Files.isReadable(AGENT_CONFIGURATION)) {
        return new Layout(AgentConfiguration.read(AGENT_CONFIGURATION).rootDirectory());
      }
    } catch (LocalUsageException | IllegalArgumentException e) {
      throw new RequestException(e.getMessage() + ".", e);
    }
    return new Layout(
        user.equals("root")
            ? Layout.AGENT_ROOT
            : home.resolve(".slipway/deployment-root").toString());
  }
}
