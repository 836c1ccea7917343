/** The only door to time. */
package dev.slipway.spi.time;
