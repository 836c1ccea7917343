package dev.slipway.transport.ssh;

import java.nio.file.Path;

/** An SSH server on this machine that runs commands with a shell. */
interface TestServer extends ReachableServer {

  /** Returns another private key that it accepts, with the passphrase {@code open sesame}. */
  Path lockedIdentity();

  /** Returns one that it does not accept. */
  Path strangeIdentity();
}
