package dev.slipway.spi.traffic;

/**
 * Which intent of which owner an order to a traffic control carries out. Orders of a deployment
 * group have a sequence across deployments, rollbacks and owners: a control that can keep the last
 * order of a host beside it, in the same step, ignores one that {@link #isOlderThan} that. Then a
 * process that was taken for dead, and wakes up late, moves nothing any more.
 *
 * @param key the same for the same intent, however often and by whomever it is repeated
 * @param deploymentGroupId whose orders these are
 * @param generation rises with each deployment of the group, its rollbacks included; from 1
 * @param epoch rises with each process that takes the deployment over; from 1
 */
public record TrafficOrder(String key, String deploymentGroupId, long generation, long epoch) {

  /** Returns whether the same group has given the other order after this one. */
  public boolean isOlderThan(TrafficOrder other) {
    return deploymentGroupId.equals(other.deploymentGroupId)
        && (generation < other.generation
            || (generation == other.generation && epoch < other.epoch));
  }
}
