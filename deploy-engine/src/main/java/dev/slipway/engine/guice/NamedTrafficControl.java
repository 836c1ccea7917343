package dev.slipway.engine.guice;

import dev.slipway.spi.traffic.TrafficControlFactory;

/**
 * A traffic control to be registered.
 *
 * @param name as in {@link dev.slipway.spi.traffic.TrafficReference}
 * @param version likewise
 * @param factory makes it of the parameters in the reference
 */
public record NamedTrafficControl(String name, int version, TrafficControlFactory factory) {}
