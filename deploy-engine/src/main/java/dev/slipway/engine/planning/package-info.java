/** From what a caller asks for to a plan, and from a plan to a rollout. */
@NullMarked
package dev.slipway.engine.planning;

import org.jspecify.annotations.NullMarked;
