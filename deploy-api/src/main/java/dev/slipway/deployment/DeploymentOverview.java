package dev.slipway.deployment;

/**
 * How many hosts of a deployment stand where. The sum is the size of the fleet.
 *
 * @param pending not started
 * @param inProgress running
 * @param succeeded done
 * @param failed failed, the unreachable ones included
 * @param skipped never started
 */
public record DeploymentOverview(
    int pending, int inProgress, int succeeded, int failed, int skipped) {

  /** Returns how many hosts there are. */
  public int total() {
    return pending + inProgress + succeeded + failed + skipped;
  }
}
