/** Trains: rollouts of several applications that succeed together or go back together. */
@NullMarked
package dev.slipway.engine.train;

import org.jspecify.annotations.NullMarked;
