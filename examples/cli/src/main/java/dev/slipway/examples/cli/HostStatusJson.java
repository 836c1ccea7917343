package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.host.exec.HostStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What deployments have left on a host, in JSON. */
final class HostStatusJson {

  private HostStatusJson() {}

  static ObjectNode of(HostStatus status) {
    ObjectNode answer =
        JsonText.object().put("root", status.root()).put("agentProcess", status.agent());
    ArrayNode groups = answer.putArray("groups");
    status.groups().forEach(group -> groups.add(json(group)));
    answer.set("logs", JsonText.node(status.logs()));
    return answer;
  }

  private static ObjectNode json(HostStatus.Group group) {
    HostStatus.Install install = group.install();
    ObjectNode answer = JsonText.object().put("group", group.id());
    answer.set("lastInstalled", json(group.lastInstalled()));
    answer.set("lastDownloaded", json(group.lastDownloaded()));
    answer
        .putObject("install")
        .put("state", install.state().name().toLowerCase(Locale.ROOT))
        .put("listed", install.listed())
        .put("missing", install.missing())
        .put("remedy", install.remedy());
    ArrayNode deployments = answer.putArray("deployments");
    group.deployments().forEach(deployment -> deployments.add(json(deployment)));
    return answer;
  }

  private static @Nullable JsonNode json(HostStatus.@Nullable Remembered remembered) {
    return remembered == null
        ? null
        : JsonText.object()
            .put("deployment", remembered.id())
            .put("directory", remembered.directory())
            .put("isThere", remembered.isThere());
  }

  private static ObjectNode json(HostStatus.Deployment deployment) {
    ObjectNode answer =
        JsonText.object()
            .put("deployment", deployment.id())
            .put("directory", deployment.directory())
            .put("changedAt", deployment.changed().toString())
            .put("unpacked", deployment.unpacked());
    ArrayNode commands = answer.putArray("commands");
    for (HostStatus.Command command : deployment.commands()) {
      commands
          .addObject()
          .put("event", command.name())
          .put("since", command.since().toString())
          .put("running", command.running());
    }
    answer.set("logs", JsonText.node(deployment.logs()));
    return answer;
  }
}
