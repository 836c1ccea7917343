package dev.slipway.rollout;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;

/**
 * What a script printed.
 *
 * @param host where
 * @param event in which lifecycle event
 * @param lines whole lines where possible
 */
public record HostOutput(HostId host, LifecycleEvent event, String lines) {}
