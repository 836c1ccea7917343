/** Rollouts of several applications that succeed together or go back together. */
package dev.slipway.train;
