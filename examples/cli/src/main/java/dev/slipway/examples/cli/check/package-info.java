/** The gates and alarms of the command: a page that must answer, a program that must succeed. */
@NullMarked
package dev.slipway.examples.cli.check;

import org.jspecify.annotations.NullMarked;
