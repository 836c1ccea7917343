package dev.slipway.rollout;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;

/**
 * What a script printed.
 *
 * @param host where
 * @param event in which lifecycle event
 * @param attempt in which attempt of it, from 1
 * @param lines whole lines where possible; empty when it is cut
 * @param cut whether it printed more than is kept, of which nothing follows
 */
public record HostOutput(
    HostId host, LifecycleEvent event, int attempt, String lines, boolean cut) {}
