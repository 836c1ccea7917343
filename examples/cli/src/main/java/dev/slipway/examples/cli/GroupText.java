package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.DeploymentGroup;
import dev.slipway.domain.LastDeployment;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.TagSelection;
import dev.slipway.fleet.TagFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A deployment group, in words and in JSON. */
final class GroupText {

  private GroupText() {}

  static List<String> lines(DeploymentGroup group) {
    List<String> lines = new ArrayList<>();
    lines.add(group.application() + "/" + group.name() + "  " + group.id());
    lines.add("  config: " + group.settings().deploymentConfig());
    lines.add("  hosts: " + selection(group.settings().hosts()));
    lines.add("  on-premises instances: " + selection(group.settings().onPremises()));
    lines.add("  on conflict: " + onConflict(group));
    RevisionLocation target = group.targetRevision();
    lines.add("  target revision: " + (target == null ? "none yet" : target.inWords()));
    lines.add("  last attempted: " + deployment(group.lastAttempted()));
    lines.add("  last successful: " + deployment(group.lastSuccessful()));
    return lines;
  }

  private static String onConflict(DeploymentGroup group) {
    return Objects.requireNonNullElse(group.settings().onConflict(), OnConflict.REJECT).name();
  }

  private static String selection(@Nullable TagSelection selection) {
    if (selection == null || selection.selectsNobody()) {
      return "none";
    }
    return selection.selector().tagGroups().stream()
        .map(filters -> filters.stream().map(GroupText::filter).collect(Collectors.joining(" or ")))
        .collect(Collectors.joining(", and "));
  }

  private static String filter(TagFilter filter) {
    return Objects.requireNonNullElse(filter.key(), "*")
        + "="
        + Objects.requireNonNullElse(filter.value(), "*");
  }

  private static String deployment(@Nullable LastDeployment deployment) {
    return deployment == null ? "none" : deployment.id() + " " + deployment.status().wireName();
  }

  static ObjectNode json(DeploymentGroup group) {
    RevisionLocation target = group.targetRevision();
    ObjectNode answer =
        JsonText.object()
            .put("applicationName", group.application())
            .put("deploymentGroupName", group.name())
            .put("deploymentGroupId", group.id())
            .put("deploymentConfigName", group.settings().deploymentConfig())
            .put("hosts", selection(group.settings().hosts()))
            .put("onPremisesInstances", selection(group.settings().onPremises()))
            .put("onConflict", onConflict(group))
            .put("targetRevision", target == null ? null : target.inWords());
    LastDeployment attempted = group.lastAttempted();
    LastDeployment successful = group.lastSuccessful();
    return answer
        .put("lastAttemptedDeployment", attempted == null ? null : attempted.id().value())
        .put("lastSuccessfulDeployment", successful == null ? null : successful.id().value());
  }
}
