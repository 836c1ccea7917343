package dev.slipway.event;

import dev.slipway.deployment.ErrorCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants the rollout to stop: no host and no lifecycle event starts any more, those that
 * run come to their end.
 *
 * @param cause MANUAL_STOP, ALARM_ACTIVE, or TIMEOUT when nobody asked for a traffic switch;
 *     APPLICATION_MISSING or DEPLOYMENT_GROUP_MISSING when that was deleted meanwhile
 * @param rollback whether the last revision that worked is deployed again
 * @param forceAt when what still runs is ended by force, or null to wait for it
 * @param reason in words, may be empty
 */
public record StopRequested(
    ErrorCode cause, RollbackWish rollback, @Nullable Instant forceAt, String reason)
    implements RolloutEvent {

  /** Refuses any other cause. */
  public StopRequested {
    if (cause != ErrorCode.MANUAL_STOP
        && cause != ErrorCode.ALARM_ACTIVE
        && cause != ErrorCode.APPLICATION_MISSING
        && cause != ErrorCode.DEPLOYMENT_GROUP_MISSING
        && cause != ErrorCode.TIMEOUT) {
      throw new IllegalArgumentException("a rollout is not stopped for " + cause);
    }
  }

  @Override
  public void accept(EventVisitor visitor) {
    visitor.stopRequested(this);
  }
}
