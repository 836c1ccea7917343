/** Gates of one's own: what says whether a host, or the fleet so far, is well. */
package dev.slipway.spi.gate;
