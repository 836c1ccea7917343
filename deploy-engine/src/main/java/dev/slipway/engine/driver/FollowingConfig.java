package dev.slipway.engine.driver;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;

/**
 * The config of a deployment that follows another one, to hosts that the other did not count: the
 * same without zones, or one host after the other where its floor leaves no room among so few.
 */
final class FollowingConfig {

  private FollowingConfig() {}

  static DeploymentConfig of(DeploymentConfig config, int hosts) {
    DeploymentConfig anywhere = config.withoutZones();
    return anywhere.minimumHealthyHosts().requiredOf(hosts) < hosts
        ? anywhere
        : DeploymentConfigs.ONE_AT_A_TIME;
  }
}
