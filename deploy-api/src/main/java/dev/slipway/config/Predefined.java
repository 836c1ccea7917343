package dev.slipway.config;

import org.jspecify.annotations.Nullable;

/** The names and floors that CodeDeploy reserves for its own configurations. */
final class Predefined {

  static final String ONE_AT_A_TIME = DeploymentConfig.RESERVED_PREFIX + "OneAtATime";
  static final String HALF_AT_A_TIME = DeploymentConfig.RESERVED_PREFIX + "HalfAtATime";
  static final String ALL_AT_ONCE = DeploymentConfig.RESERVED_PREFIX + "AllAtOnce";

  private Predefined() {}

  static boolean has(String name, MinimumHealthyHosts floor, @Nullable ZonalConfig zones) {
    return zones == null
        && switch (name) {
          case ONE_AT_A_TIME -> floor.equals(MinimumHealthyHosts.mostConcurrency(1));
          case HALF_AT_A_TIME -> floor.equals(MinimumHealthyHosts.percent(50));
          case ALL_AT_ONCE -> floor.equals(MinimumHealthyHosts.percent(0));
          default -> false;
        };
  }
}
