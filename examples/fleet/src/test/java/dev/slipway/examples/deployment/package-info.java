/** Whole deployments of the sample application over SSH. */
@NullMarked
package dev.slipway.examples.deployment;

import org.jspecify.annotations.NullMarked;
