/** The form in which the engine's values are kept. */
@NullMarked
package dev.slipway.engine.journal;

import org.jspecify.annotations.NullMarked;
