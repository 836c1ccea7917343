package dev.slipway.domain;

import dev.slipway.deployment.OnConflict;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of a deployment group. Null is for a member that is not given: it has its
 * default in a new group and stays as it is in an existing one. An empty list or map clears, and a
 * structure replaces the whole structure.
 *
 * @param serviceRole opaque here; empty unless given
 * @param deploymentConfig its name; {@code CodeDeployDefault.OneAtATime} unless given
 * @param hosts which hosts of the inventory; none unless given
 * @param onPremises which on-premises instances; none unless given
 * @param autoScalingGroups names; none unless given
 * @param alarms none unless given
 * @param autoRollback never unless given
 * @param triggers none unless given
 * @param style in place without traffic control unless given
 * @param loadBalancers none unless given
 * @param blueGreen needed for a blue/green style
 * @param outdatedInstances UPDATE unless given
 * @param terminationHook whether scale-in runs scripts; not unless given
 * @param onConflict what becomes of a deployment while the group has an active one; it is refused
 *     unless given, as CodeDeploy does
 * @param tags the resource's own tags; none unless given
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_UpdateDeploymentGroup.html">
 *     CodeDeploy API reference, UpdateDeploymentGroup</a>
 */
public record GroupSettings(
    @Nullable String serviceRole,
    @Nullable String deploymentConfig,
    @Nullable TagSelection hosts,
    @Nullable TagSelection onPremises,
    @Nullable List<String> autoScalingGroups,
    @Nullable AlarmConfiguration alarms,
    @Nullable AutoRollbackConfiguration autoRollback,
    @Nullable List<TriggerConfiguration> triggers,
    @Nullable DeploymentStyle style,
    @Nullable LoadBalancerInfo loadBalancers,
    @Nullable BlueGreenOptions blueGreen,
    @Nullable OutdatedInstancesStrategy outdatedInstances,
    @Nullable Boolean terminationHook,
    @Nullable OnConflict onConflict,
    @Nullable Map<String, String> tags) {

  /** Copies lists and maps in. */
  public GroupSettings {
    autoScalingGroups = autoScalingGroups == null ? null : List.copyOf(autoScalingGroups);
    triggers = triggers == null ? null : List.copyOf(triggers);
    tags = tags == null ? null : Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** Begins settings of which nothing is given. */
  public static GroupSettingsBuilder builder() {
    return new GroupSettingsBuilder();
  }
}
