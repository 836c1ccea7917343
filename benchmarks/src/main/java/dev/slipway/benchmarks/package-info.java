/** Programs that measure how fast and how frugal the whole is. */
@NullMarked
package dev.slipway.benchmarks;

import org.jspecify.annotations.NullMarked;
