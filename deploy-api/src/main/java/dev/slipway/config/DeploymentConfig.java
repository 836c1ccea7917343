package dev.slipway.config;

import dev.slipway.failure.RequestException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A named floor, with or without zones: CodeDeploy's deployment configuration for servers.
 *
 * @param name 1 to 100 letters, digits and {@code . _ + = , @ -}; a custom one must not start with
 *     {@code CodeDeployDefault.}
 * @param minimumHealthyHosts the floor of the whole fleet
 * @param zonalConfig zone after zone, or null for all hosts as one
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html">CodeDeploy
 *     user guide, deployment configurations</a>
 */
public record DeploymentConfig(
    String name, MinimumHealthyHosts minimumHealthyHosts, @Nullable ZonalConfig zonalConfig) {

  /** How the names of CodeDeploy's own configurations begin. */
  public static final String RESERVED_PREFIX = "CodeDeployDefault.";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+=,@-]{1,100}");

  /**
   * Checks the name, and that only CodeDeploy's own configurations use what is reserved for them.
   *
   * @throws RequestException when a custom configuration has a reserved name or type
   */
  public DeploymentConfig {
    if (!NAME.matcher(name).matches()) {
      throw new RequestException(
          "a deployment config's name is 1 to 100 letters, digits and . _ + = , @ -, but was '"
              + name
              + "'");
    }
    if (!Predefined.has(name, minimumHealthyHosts, zonalConfig)) {
      checkCustom(name, minimumHealthyHosts);
    }
  }

  /**
   * A custom configuration without zones.
   *
   * @throws RequestException when the name is reserved or the floor of type MOST_CONCURRENCY
   */
  public static DeploymentConfig custom(String name, MinimumHealthyHosts minimumHealthyHosts) {
    return new DeploymentConfig(name, minimumHealthyHosts, null);
  }

  /** This configuration zone by zone, under a custom name. */
  public DeploymentConfig zonal(String customName, ZonalConfig zones) {
    return new DeploymentConfig(customName, minimumHealthyHosts, zones);
  }

  /** This configuration for all hosts as one: what CodeDeploy takes for a rollback. */
  public DeploymentConfig withoutZones() {
    return zonalConfig == null ? this : custom(name, minimumHealthyHosts);
  }

  private static void checkCustom(String name, MinimumHealthyHosts floor) {
    if (name.startsWith(RESERVED_PREFIX)) {
      throw new RequestException(
          "a custom deployment config's name must not start with "
              + RESERVED_PREFIX
              + ", but was '"
              + name
              + "'");
    }
    if (floor.type() == MinimumHealthyHosts.Type.MOST_CONCURRENCY) {
      throw new RequestException(
          "minimumHealthyHosts of custom config '"
              + name
              + "' must be of type HOST_COUNT or FLEET_PERCENT, but was MOST_CONCURRENCY, which"
              + " only "
              + Predefined.ONE_AT_A_TIME
              + " has");
    }
  }
}
