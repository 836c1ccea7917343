package dev.slipway.config;

import dev.slipway.failure.RequestException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * CodeDeploy's own configurations for servers.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configurations-predefined">CodeDeploy
 *     user guide, predefined configurations</a>
 */
public final class DeploymentConfigs {

  /** One host at a time; only the last one may fail. What a rollout gets that names none. */
  public static final DeploymentConfig ONE_AT_A_TIME =
      DeploymentConfig.custom(Predefined.ONE_AT_A_TIME, MinimumHealthyHosts.mostConcurrency(1));

  /** Up to half of the fleet at a time, half of it rounded up stays healthy. */
  public static final DeploymentConfig HALF_AT_A_TIME =
      DeploymentConfig.custom(Predefined.HALF_AT_A_TIME, MinimumHealthyHosts.percent(50));

  /** The whole fleet at once; one success is enough. */
  public static final DeploymentConfig ALL_AT_ONCE =
      DeploymentConfig.custom(Predefined.ALL_AT_ONCE, MinimumHealthyHosts.percent(0));

  private static final List<DeploymentConfig> ALL =
      List.of(ONE_AT_A_TIME, HALF_AT_A_TIME, ALL_AT_ONCE);

  private DeploymentConfigs() {}

  /** All of them. */
  public static List<DeploymentConfig> all() {
    return ALL;
  }

  /**
   * The one with this name, such as {@code CodeDeployDefault.HalfAtATime}.
   *
   * @throws RequestException when there is none; the message lists those there are
   */
  public static DeploymentConfig byName(String name) {
    return ALL.stream()
        .filter(config -> config.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static RequestException unknown(String name) {
    return new RequestException(
        "there is no deployment config '"
            + name
            + "'; there are "
            + ALL.stream().map(DeploymentConfig::name).collect(Collectors.joining(", ")));
  }
}
