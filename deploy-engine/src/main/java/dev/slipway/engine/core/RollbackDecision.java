package dev.slipway.engine.core;

import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.RolloutEvent;
import dev.slipway.event.StopRequested;
import dev.slipway.revision.RevisionId;
import org.jspecify.annotations.Nullable;

/**
 * Whether the last revision that worked is deployed again when a rollout ends. A rollback is never
 * rolled back itself.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html">CodeDeploy
 *     user guide, redeploy and roll back</a>
 */
public final class RollbackDecision {

  /** Why nothing is taken back from original hosts that are not there any more. */
  public static final String ORIGINALS_END =
      "the original hosts have been ended, or are about to be";

  private RollbackDecision() {}

  /** What to note about a rollback when a rollout ends, or null for nothing. */
  static @Nullable RolloutEvent of(
      RolloutState state, DeploymentStatus status, @Nullable ErrorCode code) {
    RolloutDefinition definition = state.definition();
    RollbackPolicy policy = definition.rollback();
    if (definition.creator() == Creator.ROLLBACK
        || !isWanted(policy, status, code, state.ending().stop())) {
      return null;
    }
    if (policy.forbidden() != null) {
      return new RollbackSkipped(policy.forbidden());
    }
    if (definition.lifecycle().blueGreen() != null && !state.switchover().isBegun()) {
      return new RollbackSkipped("no traffic was switched: the original hosts still have it");
    }
    if (state.switchover().isFinal()) {
      return new RollbackSkipped(ORIGINALS_END);
    }
    RevisionId revision = policy.revision();
    if (revision == null) {
      return new RollbackSkipped("no revision has been deployed to the group with success before");
    }
    if (policy.changedOnly() && state.counts().pending() == state.numbers().hosts()) {
      return new RollbackSkipped("no host has been changed");
    }
    return new RollbackPlanned(policy.deployment(), revision);
  }

  private static boolean isWanted(
      RollbackPolicy policy,
      DeploymentStatus status,
      @Nullable ErrorCode code,
      @Nullable StopRequested stop) {
    RollbackWish wish = stop == null ? RollbackWish.AS_CONFIGURED : stop.rollback();
    return switch (wish) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AS_CONFIGURED ->
          switch (status) {
            case FAILED -> policy.events().contains(AutoRollbackEvent.DEPLOYMENT_FAILURE);
            case STOPPED -> policy.events().contains(stopEvent(code));
            case CREATED, QUEUED, IN_PROGRESS, READY, SUCCEEDED -> false;
          };
    };
  }

  private static AutoRollbackEvent stopEvent(@Nullable ErrorCode code) {
    return code == ErrorCode.ALARM_ACTIVE
        ? AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM
        : AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST;
  }
}
