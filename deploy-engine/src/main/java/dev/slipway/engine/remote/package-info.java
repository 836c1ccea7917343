/**
 * Calls to what may be away: tried again, bounded, and left alone for a while when it stays away.
 */
@NullMarked
package dev.slipway.engine.remote;

import org.jspecify.annotations.NullMarked;
