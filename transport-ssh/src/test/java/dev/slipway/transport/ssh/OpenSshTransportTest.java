package dev.slipway.transport.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** The contract of transports, with OpenSSH's server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshTransportTest extends SshTransportContract {

  @BeforeAll
  static void needServer() {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
  }

  @Override
  TestServer start(Path in) throws IOException {
    return OpenSshServer.start(in, "ed25519");
  }
}
