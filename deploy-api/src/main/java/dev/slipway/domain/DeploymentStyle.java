package dev.slipway.domain;

/**
 * How a group is deployed to.
 *
 * @param type on the hosts themselves, or on replacements
 * @param option whether traffic is taken away meanwhile
 */
public record DeploymentStyle(Type type, Option option) {

  /** What CodeDeploy takes when nothing is said. */
  public static final DeploymentStyle DEFAULT =
      new DeploymentStyle(Type.IN_PLACE, Option.WITHOUT_TRAFFIC_CONTROL);

  /** On which hosts. */
  public enum Type {
    /** On the hosts themselves. */
    IN_PLACE,
    /** On replacement hosts, to which traffic is switched. */
    BLUE_GREEN
  }

  /** Whether traffic is taken away. */
  public enum Option {
    /** Hosts get no traffic while they are deployed to. */
    WITH_TRAFFIC_CONTROL,
    /** Nobody looks after traffic. */
    WITHOUT_TRAFFIC_CONTROL
  }
}
