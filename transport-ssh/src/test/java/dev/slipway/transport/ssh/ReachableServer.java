package dev.slipway.transport.ssh;

import java.io.Closeable;
import java.nio.file.Path;

/** An SSH server on a port of this machine's loopback address. */
interface ReachableServer extends Closeable {

  int port();

  /** Returns the host's key as {@code known_hosts} has it, without the host. */
  String hostKey();

  /** Returns a private key that the server accepts. */
  Path identity();
}
