/** Who hears what the engine does, for metrics and traces. */
package dev.slipway.spi.telemetry;
