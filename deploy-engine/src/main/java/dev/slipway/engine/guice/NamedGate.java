package dev.slipway.engine.guice;

import dev.slipway.spi.gate.GateFactory;

/**
 * A gate to be registered.
 *
 * @param name as in {@link dev.slipway.guard.GateReference}
 * @param version likewise
 * @param factory makes it of the parameters in the reference
 */
public record NamedGate(String name, int version, GateFactory factory) {}
