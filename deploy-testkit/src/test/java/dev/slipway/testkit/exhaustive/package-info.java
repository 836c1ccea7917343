/** Every run there can be of two drivers and three hosts, one step after the other. */
@NullMarked
package dev.slipway.testkit.exhaustive;

import org.jspecify.annotations.NullMarked;
