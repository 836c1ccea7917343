/** SSH push: brings lifecycle events to hosts that have an SSH server, a shell and tar. */
@NullMarked
package dev.slipway.transport.ssh;

import org.jspecify.annotations.NullMarked;
