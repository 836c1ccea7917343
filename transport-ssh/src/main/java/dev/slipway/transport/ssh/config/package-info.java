/** OpenSSH's configuration of clients, as far as it says how a host is reached. */
@NullMarked
package dev.slipway.transport.ssh.config;

import org.jspecify.annotations.NullMarked;
