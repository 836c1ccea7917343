/** Rollouts that survive the process, in one file. */
@NullMarked
package dev.slipway.runtime.embedded;

import org.jspecify.annotations.NullMarked;
