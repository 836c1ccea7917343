/** How lifecycle events reach a host. */
package dev.slipway.spi.transport;
