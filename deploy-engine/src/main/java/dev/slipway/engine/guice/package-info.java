/** A deployer from Guice, for those who have it on their class path. */
@NullMarked
package dev.slipway.engine.guice;

import org.jspecify.annotations.NullMarked;
