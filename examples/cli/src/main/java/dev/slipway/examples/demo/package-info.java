/** The main job on one machine: real SSH servers, a real application, a good and a bad revision. */
@NullMarked
package dev.slipway.examples.demo;

import org.jspecify.annotations.NullMarked;
