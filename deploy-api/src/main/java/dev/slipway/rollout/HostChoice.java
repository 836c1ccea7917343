package dev.slipway.rollout;

import dev.slipway.fleet.HostOrder;
import dev.slipway.fleet.HostSelector;

/**
 * Which hosts, and in which order.
 *
 * @param selector which
 * @param order in which order
 */
public record HostChoice(HostSelector selector, HostOrder order) {}
