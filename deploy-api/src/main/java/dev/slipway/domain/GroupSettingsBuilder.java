package dev.slipway.domain;

import dev.slipway.deployment.OnConflict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts settings of a deployment group together. Not thread-safe. */
public final class GroupSettingsBuilder {

  private @Nullable String serviceRole;
  private @Nullable String deploymentConfig;
  private @Nullable TagSelection hosts;
  private @Nullable TagSelection onPremises;
  private @Nullable List<String> autoScalingGroups;
  private @Nullable AlarmConfiguration alarms;
  private @Nullable AutoRollbackConfiguration autoRollback;
  private @Nullable List<TriggerConfiguration> triggers;
  private @Nullable DeploymentStyle style;
  private @Nullable LoadBalancerInfo loadBalancers;
  private @Nullable BlueGreenOptions blueGreen;
  private @Nullable OutdatedInstancesStrategy outdatedInstances;
  private @Nullable Boolean terminationHook;
  private @Nullable OnConflict onConflict;
  private @Nullable Map<String, String> tags;

  GroupSettingsBuilder() {}

  /** Sets the service role, which is opaque here. */
  public GroupSettingsBuilder serviceRole(String role) {
    serviceRole = role;
    return this;
  }

  /** Sets the deployment config by its name. */
  public GroupSettingsBuilder deploymentConfig(String name) {
    deploymentConfig = name;
    return this;
  }

  /** Sets which hosts of the inventory belong to the group. */
  public GroupSettingsBuilder hosts(TagSelection selection) {
    hosts = selection;
    return this;
  }

  /** Sets which on-premises instances belong to the group. */
  public GroupSettingsBuilder onPremises(TagSelection selection) {
    onPremises = selection;
    return this;
  }

  /** Sets the Auto Scaling groups. */
  public GroupSettingsBuilder autoScalingGroups(List<String> names) {
    autoScalingGroups = names;
    return this;
  }

  /** Sets the alarms. */
  public GroupSettingsBuilder alarms(AlarmConfiguration configuration) {
    alarms = configuration;
    return this;
  }

  /** Sets when the last revision that worked comes back. */
  public GroupSettingsBuilder autoRollback(AutoRollbackConfiguration configuration) {
    autoRollback = configuration;
    return this;
  }

  /** Sets who is told of what. */
  public GroupSettingsBuilder triggers(List<TriggerConfiguration> configurations) {
    triggers = configurations;
    return this;
  }

  /** Sets the style. */
  public GroupSettingsBuilder style(DeploymentStyle how) {
    style = how;
    return this;
  }

  /** Sets the load balancers. */
  public GroupSettingsBuilder loadBalancers(LoadBalancerInfo info) {
    loadBalancers = info;
    return this;
  }

  /** Sets how blue/green deployments go. */
  public GroupSettingsBuilder blueGreen(BlueGreenOptions options) {
    blueGreen = options;
    return this;
  }

  /** Sets what becomes of outdated hosts. */
  public GroupSettingsBuilder outdatedInstances(OutdatedInstancesStrategy strategy) {
    outdatedInstances = strategy;
    return this;
  }

  /** Sets whether scale-in runs scripts. */
  public GroupSettingsBuilder terminationHook(boolean enabled) {
    terminationHook = enabled;
    return this;
  }

  /** Sets what becomes of a deployment while the group has an active one. */
  public GroupSettingsBuilder onConflict(OnConflict what) {
    onConflict = what;
    return this;
  }

  /** Sets the resource's own tags. */
  public GroupSettingsBuilder tags(Map<String, String> all) {
    tags = all;
    return this;
  }

  /** Returns what was put together. */
  public GroupSettings build() {
    return new GroupSettings(
        serviceRole,
        deploymentConfig,
        hosts,
        onPremises,
        autoScalingGroups,
        alarms,
        autoRollback,
        triggers,
        style,
        loadBalancers,
        blueGreen,
        outdatedInstances,
        terminationHook,
        onConflict,
        tags);
  }
}
