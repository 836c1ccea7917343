package dev.slipway.engine.domain;

import dev.slipway.domain.AlarmConfiguration;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.BlueGreenOptions;
import dev.slipway.domain.DeploymentMode;
import dev.slipway.domain.DeploymentStyle;
import dev.slipway.domain.LoadBalancerInfo;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.TagSelection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the record of a rollout does not say of a deployment. Kept before the rollout is created:
 * one whose rollout never came says nothing of anything.
 *
 * @param keptAt when it was kept
 * @param applicationId the UUID of its application
 * @param revision what it deploys
 * @param description may be empty
 * @param updateOutdatedInstancesOnly whether hosts that had the revision were left out
 * @param autoRollback as it counts for this deployment
 * @param alarms instead of the group's, or null
 * @param style the group's when it was created
 * @param loadBalancers the group's when it was created
 * @param mode what it does on a host
 * @param blueGreen the group's when it was created, or null
 * @param targetInstances the replacement hosts of a blue/green deployment, or null
 */
record StoredDeployment(
    Instant keptAt,
    String applicationId,
    RevisionLocation revision,
    String description,
    boolean updateOutdatedInstancesOnly,
    AutoRollbackConfiguration autoRollback,
    @Nullable AlarmConfiguration alarms,
    DeploymentStyle style,
    LoadBalancerInfo loadBalancers,
    DeploymentMode mode,
    @Nullable BlueGreenOptions blueGreen,
    @Nullable TagSelection targetInstances) {}
