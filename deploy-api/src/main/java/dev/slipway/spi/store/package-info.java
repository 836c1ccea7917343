/** What is kept, and who drives: every guarantee is the store's, liveness is the supervisor's. */
package dev.slipway.spi.store;
