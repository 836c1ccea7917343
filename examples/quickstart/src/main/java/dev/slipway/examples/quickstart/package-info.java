/** The smallest program that deploys something. */
@NullMarked
package dev.slipway.examples.quickstart;

import org.jspecify.annotations.NullMarked;
