package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.HostStatus;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutEvent;
import dev.slipway.event.StopRequested;
import org.jspecify.annotations.Nullable;

/** How a rollout ends. */
final class EndRules {

  private EndRules() {}

  /** Ends a rollout that cannot start. */
  static void refuse(Deliberation deliberation, ErrorInformation error) {
    end(deliberation, DeploymentStatus.FAILED, error);
  }

  /** Ends a rollout of which nothing is in flight and nothing will start. */
  static void end(Deliberation deliberation) {
    RolloutState state = deliberation.state();
    StopRequested stop = state.ending().stop();
    RolloutAborted abort = state.ending().abort();
    if (stop != null) {
      end(deliberation, endOf(state, stop), new ErrorInformation(stop.cause(), words(stop)));
    } else if (abort != null) {
      end(
          deliberation,
          DeploymentStatus.FAILED,
          new ErrorInformation(abort.code(), abort.message()));
    } else if (wouldSucceed(state)) {
      end(deliberation, DeploymentStatus.SUCCEEDED, null);
    } else {
      end(
          deliberation,
          DeploymentStatus.FAILED,
          new ErrorInformation(ErrorCode.HEALTH_CONSTRAINTS, Reasons.numbers(state)));
    }
  }

  /** What has lost its application or group has failed, unless it only waited for the switch. */
  private static DeploymentStatus endOf(RolloutState state, StopRequested stop) {
    boolean isMissing =
        stop.cause() == ErrorCode.APPLICATION_MISSING
            || stop.cause() == ErrorCode.DEPLOYMENT_GROUP_MISSING;
    return isMissing && state.status() != DeploymentStatus.READY
        ? DeploymentStatus.FAILED
        : DeploymentStatus.STOPPED;
  }

  /** Whether enough hosts have succeeded, once all have ended. */
  static boolean wouldSucceed(RolloutState state) {
    return state.counts().succeeded() >= Math.max(state.numbers().minimumHealthy(), 1);
  }

  private static void end(
      Deliberation deliberation, DeploymentStatus status, @Nullable ErrorInformation error) {
    RolloutState state = deliberation.state();
    RolloutEvent rollback = RollbackDecision.of(state, status, error == null ? null : error.code());
    if (rollback != null) {
      deliberation.note(rollback);
    }
    deliberation.note(new RolloutEnded(status, error, state.overview(true)));
    releaseReady(deliberation);
    RollbackPlanned planned = deliberation.state().rollback();
    if (planned != null) {
      deliberation.order(new Effect.StartRollback(planned.rollback(), planned.revision()));
    }
  }

  /** Hosts that wait for a switch that does not come end with the rollout, and not before. */
  private static void releaseReady(Deliberation deliberation) {
    RolloutState state = deliberation.state();
    if (state.switchover().ready() == 0) {
      return;
    }
    for (HostState host : state.fleet().hosts()) {
      if (host.status() == HostStatus.READY) {
        deliberation.order(new Effect.Release(host.host().id()));
      }
    }
  }

  private static String words(StopRequested stop) {
    String who =
        switch (stop.cause()) {
          case ALARM_ACTIVE -> "stopped because an alarm is active";
          case TIMEOUT -> "stopped because nobody asked for the traffic switch in time";
          case APPLICATION_MISSING -> "the application has been deleted";
          case DEPLOYMENT_GROUP_MISSING -> "the deployment group has been deleted";
          default -> "stopped on request";
        };
    return stop.reason().isEmpty() ? who : who + ": " + stop.reason();
  }
}
