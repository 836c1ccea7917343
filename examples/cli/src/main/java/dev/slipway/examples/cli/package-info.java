/** The {@code slipway} command: options, exit codes and what is printed. */
@NullMarked
package dev.slipway.examples.cli;

import org.jspecify.annotations.NullMarked;
