package dev.slipway.rollout;

import dev.slipway.guard.Guards;
import dev.slipway.revision.Revision;

/**
 * What a rollout shall do, as data.
 *
 * @param application name of the application
 * @param deploymentGroup name of the deployment group
 * @param revision what is deployed
 * @param hosts where to
 * @param pace how fast, and how much may break
 * @param options everything else
 * @param guards what it waits for beside its hosts
 * @param traffic who looks after traffic
 */
public record RolloutSpec(
    String application,
    String deploymentGroup,
    Revision revision,
    HostChoice hosts,
    Pace pace,
    RolloutOptions options,
    Guards guards,
    TrafficChoice traffic) {}
