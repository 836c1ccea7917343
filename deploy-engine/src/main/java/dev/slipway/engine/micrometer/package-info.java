/** Metrics and traces through Micrometer, for those who have it on their class path. */
@NullMarked
package dev.slipway.engine.micrometer;

import org.jspecify.annotations.NullMarked;
