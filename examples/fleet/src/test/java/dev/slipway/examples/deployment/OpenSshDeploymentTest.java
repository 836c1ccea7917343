package dev.slipway.examples.deployment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.examples.fleet.Fleet;
import dev.slipway.examples.fleet.OpenSshFleet;
import dev.slipway.examples.sample.SampleRevision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The scenarios on twenty hosts behind OpenSSH's server, as root. */
class OpenSshDeploymentTest extends DeploymentScenarios {

  @Override
  Fleet fleetIn(Path base) throws IOException {
    Optional<String> missing = OpenSshFleet.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    return OpenSshFleet.start(base, 20);
  }

  @Override
  SampleRevision revision(String version) {
    return SampleRevision.version(version).ownedBy("daemon", "daemon");
  }

  @Override
  String owner() {
    return "daemon:daemon";
  }
}
