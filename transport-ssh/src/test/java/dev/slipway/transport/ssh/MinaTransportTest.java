package dev.slipway.transport.ssh;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** The contract of transports, with Apache MINA's server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MinaTransportTest extends SshTransportContract {

  @Override
  TestServer start(Path in) throws IOException {
    return MinaServer.start(in);
  }
}
