package dev.slipway.transport.ssh;

import java.io.IOException;
import java.nio.file.Path;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The same deployments on a host of another distribution, in a container of this machine. */
@Testcontainers(disabledWithoutDocker = true)
abstract class ContainerConformanceTest extends SampledConformanceTest {

  /** Returns the image of the distribution. */
  abstract String image();

  /** Returns the command that installs OpenSSH's server, and what deployments name. */
  abstract String install();

  @Override
  final ReachableServer serve(Path directory) throws IOException {
    assumeMachine();
    return ContainerServer.start(directory, image(), install());
  }

  @Override
  boolean isBusybox() {
    return false;
  }
}
