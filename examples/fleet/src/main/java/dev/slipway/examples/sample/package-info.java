/** The sample application: its bundles, and its service on a host. */
@NullMarked
package dev.slipway.examples.sample;

import org.jspecify.annotations.NullMarked;
