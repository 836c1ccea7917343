package dev.slipway.engine.core;

import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.ErrorInformation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a rollout, fixed when it starts.
 *
 * @param hosts how many hosts there are, N
 * @param minimumHealthy how many must stay healthy, M
 * @param zones the zones in order
 */
public record Numbers(int hosts, int minimumHealthy, List<ZoneSlice> zones) {

  /** Copies the list in. */
  public Numbers {
    zones = List.copyOf(zones);
  }

  /** The numbers of a definition, whether or not a rollout can start with them. */
  public static Numbers of(RolloutDefinition definition) {
    int hosts = definition.deployedTo();
    return new Numbers(
        hosts,
        definition.pace().config().minimumHealthyHosts().requiredOf(hosts),
        ZoneSlice.of(definition));
  }

  /** How many hosts may be off at once, and how many may fail in all: B = N - M. */
  public int failureBudget() {
    return hosts - minimumHealthy;
  }

  /** Why a rollout cannot start with these numbers, or null when it can. */
  @Nullable ErrorInformation refusal(RolloutDefinition definition) {
    int most = definition.pace().limits().maxHosts();
    if (hosts == 0) {
      return new ErrorInformation(
          ErrorCode.NO_INSTANCES,
          "no host matches: the deployment group has no hosts to deploy to");
    }
    if (definition.lifecycle().blueGreen() != null && definition.lifecycle().originals() == 0) {
      return new ErrorInformation(
          ErrorCode.NO_INSTANCES,
          "no original host matches: there is nothing to switch traffic from");
    }
    if (hosts > most) {
      return new ErrorInformation(
          ErrorCode.OVER_MAX_INSTANCES, hosts + " hosts match, but a deployment may have " + most);
    }
    if (failureBudget() < 1) {
      return new ErrorInformation(
          ErrorCode.HEALTH_CONSTRAINTS_INVALID,
          "of %d hosts %d must stay healthy (%s), so none may be off; lower the floor or add hosts"
              .formatted(
                  hosts,
                  minimumHealthy,
                  definition.pace().config().minimumHealthyHosts().inWords()));
    }
    return zones.stream()
        .filter(zone -> zone.budget() < 1)
        .findFirst()
        .map(Numbers::noRoom)
        .orElse(null);
  }

  private static ErrorInformation noRoom(ZoneSlice zone) {
    return new ErrorInformation(
        ErrorCode.HEALTH_CONSTRAINTS_INVALID,
        "of %d hosts in zone '%s' %d must stay healthy, so none may be off; lower"
                .formatted(zone.size(), zone.name(), zone.minimumHealthy())
            + " minimumHealthyHostsPerZone or add hosts");
  }
}
