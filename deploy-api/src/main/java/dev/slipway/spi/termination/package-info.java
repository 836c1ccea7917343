/** What ends the hosts that a blue/green deployment has replaced. */
package dev.slipway.spi.termination;
