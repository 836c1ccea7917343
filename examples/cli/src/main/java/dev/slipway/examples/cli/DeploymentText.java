package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.domain.DeploymentInfo;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.RollbackInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A deployment as CodeDeploy shows it, in words and in JSON. */
final class DeploymentText {

  private DeploymentText() {}

  static List<String> lines(DeploymentInfo info) {
    ObjectNode json = json(info);
    List<String> lines = new ArrayList<>();
    json.properties()
        .forEach(
            member -> {
              if (!member.getValue().isNull()) {
                String value =
                    member.getValue().isValueNode()
                        ? member.getValue().asText()
                        : member.getValue().toString();
                lines.add(member.getKey() + ": " + value);
              }
            });
    return lines;
  }

  static ObjectNode json(DeploymentInfo info) {
    RevisionLocation previous = info.previousRevision();
    ObjectNode json =
        JsonText.object()
            .put("deploymentId", info.id().value())
            .put("applicationName", info.application())
            .put("deploymentGroupName", info.deploymentGroup())
            .put("deploymentConfigName", info.deploymentConfig())
            .put("revision", info.revision().inWords())
            .put("previousRevision", previous == null ? null : previous.inWords())
            .put("status", info.status().wireName())
            .put("creator", info.creator().wireName())
            .put("description", info.description())
            .put("createTime", info.createdAt().toString())
            .put("startTime", text(info.startedAt()))
            .put("completeTime", text(info.completedAt()));
    DeploymentOverview overview = info.overview();
    if (overview != null) {
      json.putObject("deploymentOverview")
          .put("Pending", overview.pending())
          .put("InProgress", overview.inProgress())
          .put("Succeeded", overview.succeeded())
          .put("Failed", overview.failed())
          .put("Skipped", overview.skipped());
    }
    ErrorInformation error = info.error();
    if (error != null) {
      json.putObject("errorInformation")
          .put("code", error.code().name())
          .put("message", error.message());
    }
    RollbackInfo rollback = info.rollback();
    if (rollback != null) {
      json.putObject("rollbackInfo")
          .put("rollbackDeploymentId", text(rollback.rollback()))
          .put("rollbackTriggeringDeploymentId", text(rollback.triggeredBy()))
          .put("rollbackMessage", rollback.message());
    }
    return json;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
