/** A fleet of real SSH servers in one process, one directory for each host. */
@NullMarked
package dev.slipway.examples.fleet;

import org.jspecify.annotations.NullMarked;
