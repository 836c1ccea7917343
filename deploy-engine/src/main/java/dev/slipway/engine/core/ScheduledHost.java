package dev.slipway.engine.core;

import dev.slipway.fleet.HostId;

/**
 * One host of a rollout, in its place in the scheduling order.
 *
 * @param id its name
 * @param zone its zone, empty when unknown
 * @param rank 0 for hosts that were never healthy or failed last time, then 1, 2, 3 for those whose
 *     revision is unknown, old, current
 */
public record ScheduledHost(HostId id, String zone, int rank) {}
