/**
 * Carries out on this machine what {@code dev.slipway.host.plan} has planned: the native executor
 * of an agent, of {@code slipway local} and of tests. Programs are started with argument vectors,
 * never through a shell line.
 */
@NullMarked
package dev.slipway.host.exec;

import org.jspecify.annotations.NullMarked;
