/** What the engine keeps when nothing else is plugged in. */
@NullMarked
package dev.slipway.engine.store;

import org.jspecify.annotations.NullMarked;
