/** Hosts that are directories of this machine. */
@NullMarked
package dev.slipway.engine.inprocess;

import org.jspecify.annotations.NullMarked;
