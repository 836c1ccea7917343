package dev.slipway.engine.domain;

import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.AlarmConfiguration;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.BlueGreenOptions;
import dev.slipway.domain.DeploymentStyle;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.LoadBalancerInfo;
import dev.slipway.domain.TagSelection;
import dev.slipway.domain.TriggerConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings as they are kept: everything is there but, perhaps, blue/green options.
 *
 * @param settings the settings
 */
record FullSettings(GroupSettings settings) {

  String deploymentConfig() {
    return needed(settings.deploymentConfig());
  }

  TagSelection hosts() {
    return needed(settings.hosts());
  }

  TagSelection onPremises() {
    return needed(settings.onPremises());
  }

  List<String> autoScalingGroups() {
    return needed(settings.autoScalingGroups());
  }

  AlarmConfiguration alarms() {
    return needed(settings.alarms());
  }

  AutoRollbackConfiguration autoRollback() {
    return needed(settings.autoRollback());
  }

  List<TriggerConfiguration> triggers() {
    return needed(settings.triggers());
  }

  DeploymentStyle style() {
    return needed(settings.style());
  }

  LoadBalancerInfo loadBalancers() {
    return needed(settings.loadBalancers());
  }

  @Nullable BlueGreenOptions blueGreen() {
    return settings.blueGreen();
  }

  /** Groups of earlier releases do not say it. */
  OnConflict onConflict() {
    return Objects.requireNonNullElse(settings.onConflict(), OnConflict.REJECT);
  }

  Map<String, String> tags() {
    return needed(settings.tags());
  }

  private static <T> T needed(@Nullable T member) {
    return Objects.requireNonNull(member, "kept settings are complete");
  }
}
