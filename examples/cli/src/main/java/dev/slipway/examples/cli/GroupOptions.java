package dev.slipway.examples.cli;

import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.GroupSettingsBuilder;
import dev.slipway.domain.TagSelection;
import dev.slipway.domain.TriggerConfiguration;
import dev.slipway.domain.TriggerEventType;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.TagFilter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say something of a deployment group. What is not given stays as it is. */
final class GroupOptions {

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "hosts of the inventory with all these tags; * stands for any characters")
  private @Nullable Map<String, String> tags;

  @Option(
      names = "--on-premises-tag",
      paramLabel = "KEY=VALUE",
      description = "registered instances with all these tags")
  private @Nullable Map<String, String> onPremisesTags;

  @Option(
      names = "--config",
      paramLabel = "NAME",
      description = "the deployment config (CodeDeployDefault.OneAtATime)")
  private @Nullable String config;

  @Option(
      names = "--auto-rollback",
      paramLabel = "EVENT",
      split = ",",
      description = "when the last revision that worked comes back: ${COMPLETION-CANDIDATES}")
  private @Nullable List<AutoRollbackEvent> autoRollback;

  @Option(
      names = "--on-conflict",
      paramLabel = "POLICY",
      description =
          "what becomes of a deployment while the group has an active one:"
              + " ${COMPLETION-CANDIDATES} (REJECT)")
  private @Nullable OnConflict onConflict;

  @Option(
      names = "--webhook",
      paramLabel = "NAME=URL",
      description = "a URL that is told of the group's deployments, under a name")
  private @Nullable Map<String, String> webhooks;

  @Option(
      names = "--webhook-events",
      paramLabel = "EVENT",
      split = ",",
      description = "of which events, such as DeploymentFailure (all)")
  private @Nullable List<String> webhookEvents;

  GroupSettings given() {
    GroupSettingsBuilder settings = GroupSettings.builder();
    if (tags != null) {
      settings.hosts(selection(tags));
    }
    if (onPremisesTags != null) {
      settings.onPremises(selection(onPremisesTags));
    }
    if (config != null) {
      settings.deploymentConfig(config);
    }
    if (autoRollback != null) {
      settings.autoRollback(new AutoRollbackConfiguration(true, Set.copyOf(autoRollback)));
    }
    if (onConflict != null) {
      settings.onConflict(onConflict);
    }
    if (webhooks != null) {
      Set<TriggerEventType> events = events(webhookEvents);
      settings.triggers(
          webhooks.entrySet().stream()
              .map(hook -> new TriggerConfiguration(hook.getKey(), hook.getValue(), events))
              .toList());
    }
    return settings.build();
  }

  private static Set<TriggerEventType> events(@Nullable List<String> names) {
    if (names == null) {
      return Set.of(TriggerEventType.values());
    }
    Set<TriggerEventType> events = new HashSet<>();
    for (String name : names) {
      events.add(
          TriggerEventType.named(name)
              .orElseThrow(
                  () ->
                      new RequestException(
                          "there is no event "
                              + name
                              + " to be told of; there are "
                              + Arrays.stream(TriggerEventType.values())
                                  .map(TriggerEventType::wireName)
                                  .collect(Collectors.joining(", ")))));
    }
    return events;
  }

  private static TagSelection selection(Map<String, String> tags) {
    return TagSelection.allOf(
        tags.entrySet().stream()
            .map(tag -> List.of(TagFilter.of(tag.getKey(), tag.getValue())))
            .toList());
  }
}
