package dev.slipway.strategy;

import dev.slipway.deployment.HostStatus;
import dev.slipway.fleet.HostId;
import java.time.Instant;

/**
 * One host as a strategy sees it.
 *
 * @param host its name
 * @param zone its zone, empty when it has none
 * @param rank how early it is in scheduling order: hosts that were never healthy or failed last
 *     time before those whose revision is unknown, old, current
 * @param status where it stands
 * @param since since when
 */
public record HostView(HostId host, String zone, int rank, HostStatus status, Instant since) {}
