/**
 * The rollout core: what a rollout is, and what happens next in it, as values and pure functions.
 * Nothing here reads a clock, blocks, or holds anything that changes.
 */
@NullMarked
package dev.slipway.engine.core;

import org.jspecify.annotations.NullMarked;
