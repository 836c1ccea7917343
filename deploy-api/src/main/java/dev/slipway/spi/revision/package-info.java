/** Where bundles are kept. */
package dev.slipway.spi.revision;
