/** What the engine tells of itself. */
@NullMarked
package dev.slipway.engine.telemetry;

import org.jspecify.annotations.NullMarked;
