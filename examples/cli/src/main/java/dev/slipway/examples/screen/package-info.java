/** Rollouts drawn in a terminal, or told line by line where there is none. */
@NullMarked
package dev.slipway.examples.screen;

import org.jspecify.annotations.NullMarked;
