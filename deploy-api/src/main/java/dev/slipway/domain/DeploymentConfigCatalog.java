package dev.slipway.domain;

import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.ZonalConfig;
import org.jspecify.annotations.Nullable;

/** The deployment configs for servers: CodeDeploy's own and custom ones. None ever changes. */
public interface DeploymentConfigCatalog {

  /**
   * Creates a custom one.
   *
   * @param name must not begin with {@code CodeDeployDefault.}
   * @param minimumHealthyHosts of type HOST_COUNT or FLEET_PERCENT; null is refused
   * @param zones zone after zone, or null for all hosts as one
   */
  KeptConfig create(
      String name, @Nullable MinimumHealthyHosts minimumHealthyHosts, @Nullable ZonalConfig zones);

  /** Returns one. */
  KeptConfig get(String name);

  /**
   * Returns names in order.
   *
   * @param nextToken of the page before, or null for the first
   */
  Page<String> list(@Nullable String nextToken);

  /** Deletes a custom one that no group names. Deleting what is not kept does nothing. */
  void delete(String name);
}
