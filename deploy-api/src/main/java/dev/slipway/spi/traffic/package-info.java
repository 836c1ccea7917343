/** Load balancers and other things that send traffic to hosts. */
package dev.slipway.spi.traffic;
