package dev.slipway.examples.deployment;

import dev.slipway.examples.fleet.Fleet;
import dev.slipway.examples.fleet.SshFleet;
import dev.slipway.examples.sample.SampleRevision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The scenarios on six hosts that need nothing of the machine. */
class InProcessDeploymentTest extends DeploymentScenarios {

  @Override
  Fleet fleetIn(Path base) throws IOException {
    return SshFleet.start(base, 6);
  }

  @Override
  SampleRevision revision(String version) {
    return SampleRevision.version(version);
  }

  /** Without an owner in the AppSpec files belong to whoever runs the deployment. */
  @Override
  String owner() {
    try {
      Path mine = Files.createTempFile("mine", "");
      try {
        return Files.getOwner(mine).getName() + ":" + Files.getAttribute(mine, "posix:group");
      } finally {
        Files.delete(mine);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
