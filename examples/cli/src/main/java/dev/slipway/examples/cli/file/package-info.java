/** Rollout files: what {@code -f rollout.yml} may say, read strictly. */
@NullMarked
package dev.slipway.examples.cli.file;

import org.jspecify.annotations.NullMarked;
