/** Who is told of what happens to deployments. */
@NullMarked
package dev.slipway.spi.trigger;

import org.jspecify.annotations.NullMarked;
