/** Where hosts come from. */
package dev.slipway.spi.inventory;
