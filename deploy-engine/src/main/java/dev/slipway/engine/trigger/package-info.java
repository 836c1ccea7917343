/** Tells those who want to know what happens to deployments, and never makes one wait. */
@NullMarked
package dev.slipway.engine.trigger;

import org.jspecify.annotations.NullMarked;
