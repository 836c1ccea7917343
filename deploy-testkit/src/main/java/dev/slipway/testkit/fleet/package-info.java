/** The engine on a simulated fleet, with faults, from a seed. */
@NullMarked
package dev.slipway.testkit.fleet;

import org.jspecify.annotations.NullMarked;
