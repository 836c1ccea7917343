/** A rollout of a modelled fleet on virtual time, through the very core that real rollouts use. */
@NullMarked
package dev.slipway.engine.simulation;

import org.jspecify.annotations.NullMarked;
