/** The shell around the core: loads, takes in, lets decide, commits, acts. */
@NullMarked
package dev.slipway.engine.driver;

import org.jspecify.annotations.NullMarked;
