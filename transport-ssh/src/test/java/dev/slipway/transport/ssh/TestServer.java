package dev.slipway.transport.ssh;

import java.io.Closeable;
import java.nio.file.Path;

/** An SSH server on this machine's loopback address that runs commands with a shell. */
interface TestServer extends Closeable {

  int port();

  /** Returns the host's key as {@code known_hosts} has it, without the host. */
  String hostKey();

  /** Returns a private key that the server accepts. */
  Path identity();

  /** Returns another that it accepts, with the passphrase {@code open sesame}. */
  Path lockedIdentity();

  /** Returns one that it does not accept. */
  Path strangeIdentity();
}
