package dev.slipway.deployment;

import org.jspecify.annotations.Nullable;

/**
 * How the last revision that worked comes back. When it does is said by {@link
 * RolloutOptions#autoRollback()}, and by whoever stops a rollout.
 *
 * @param scope which hosts get it
 * @param fullPace whether it goes through the waves of the rollout that it follows; otherwise as
 *     many hosts start at once as the floor allows, which holds either way
 * @param oneWayDoor why there is no way back, such as a changed database schema, or null when there
 *     is one; no rollback follows then, not even on request
 */
public record RollbackOptions(Scope scope, boolean fullPace, @Nullable String oneWayDoor) {

  /** Which hosts get the last revision that worked. */
  public enum Scope {
    /** All hosts of the rollout, as CodeDeploy does. */
    ALL,
    /** Those that the rollout has begun with: the others run that revision still. */
    CHANGED
  }

  /** All hosts, as fast as the floor allows. */
  public static final RollbackOptions DEFAULT = new RollbackOptions(Scope.ALL, false, null);

  /** Refuses a door without a reason. */
  public RollbackOptions {
    if (oneWayDoor != null && oneWayDoor.isBlank()) {
      throw new IllegalArgumentException(
          "a one-way door needs the reason why there is no way back");
    }
  }
}
