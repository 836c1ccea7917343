/**
 * Intake of bundles: what is in one, unpacking it safely, packing one.
 *
 * <p>{@link dev.slipway.host.bundle.BundleIndex} is what is in a bundle, as data: an install plan
 * needs nothing else, whether it is made beside the bundle or on its host.
 */
@NullMarked
package dev.slipway.host.bundle;

import org.jspecify.annotations.NullMarked;
