package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.rollout.RolloutSummary;
import dev.slipway.rollout.RunningHost;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a rollout stands, in JSON. */
final class StatusJson {

  private StatusJson() {}

  /** Returns it without hosts. */
  static ObjectNode brief(Rollout rollout) {
    RolloutSummary summary = rollout.summary();
    DeploymentOverview overview = rollout.overview();
    ObjectNode answer =
        JsonText.object()
            .put("deployment", rollout.id().value())
            .put("application", summary.application())
            .put("deploymentGroup", summary.deploymentGroup())
            .put("status", rollout.status().wireName())
            .put("createdAt", summary.createdAt().toString())
            .put("rollbackOf", text(summary.rollbackOf()))
            .put("retryOf", text(rollout.retryOf().orElse(null)));
    answer
        .putObject("overview")
        .put("pending", overview.pending())
        .put("inProgress", overview.inProgress())
        .put("succeeded", overview.succeeded())
        .put("failed", overview.failed())
        .put("skipped", overview.skipped());
    return answer;
  }

  /** Returns all of it. */
  static ObjectNode whole(Rollout rollout) {
    ErrorInformation error = rollout.await(Duration.ZERO).map(RolloutResult::error).orElse(null);
    ObjectNode answer =
        brief(rollout)
            .put("driven", !rollout.status().isTerminal() && rollout.isDriven())
            .put("errorCode", error == null ? null : error.code().name())
            .put("errorMessage", error == null ? null : error.message())
            .put("rollback", text(rollout.rollback().map(Rollout::id).orElse(null)));
    rollout
        .paused()
        .ifPresentOrElse(
            pause ->
                answer
                    .putObject("paused")
                    .put("since", pause.since().toString())
                    .put("reason", pause.reason()),
            () -> answer.putNull("paused"));
    answer.set("running", running(rollout.running()));
    ArrayNode hosts = answer.putArray("hosts");
    rollout.hosts().forEach(host -> hosts.add(json(host)));
    return answer;
  }

  /** Returns what hosts run. */
  static ArrayNode running(List<RunningHost> busy) {
    ArrayNode running = JsonText.object().putArray("running");
    for (RunningHost host : busy) {
      running
          .addObject()
          .put("host", host.host().value())
          .put("event", host.event().wireName())
          .put("attempt", host.attempt())
          .put("since", host.since().toString())
          .put("acknowledged", host.acknowledged())
          .put("deadline", host.deadline().toString());
    }
    return running;
  }

  private static ObjectNode json(HostResult host) {
    return JsonText.object()
        .put("host", host.host().value())
        .put("status", host.status().wireName())
        .put("failedEvent", host.failedEvent() == null ? null : host.failedEvent().wireName())
        .put("reason", host.reason());
  }

  private static @Nullable String text(@Nullable DeploymentId id) {
    return id == null ? null : id.value();
  }
}
