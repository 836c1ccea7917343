package dev.slipway.transport.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** The same deployments on a host that has busybox, and beside it only what deployments name. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BusyboxConformanceTest extends SampledConformanceTest {

  @Override
  ReachableServer serve(Path directory) throws IOException {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
    assumeTrue(Shell.BUSYBOX.isInstalled(), "busybox is not installed");
    // Scripts may run as other accounts, which must find the programs.
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwx--x--x"));
    Path programs = files.resolve("programs");
    String path = Shell.BUSYBOX.path(programs);
    for (String tool : List.of("setfacl", "sudo", "su", "bash")) {
      if (Files.notExists(programs.resolve(tool))) {
        Files.createSymbolicLink(programs.resolve(tool), Shell.find(tool).orElseThrow());
      }
    }
    return OpenSshServer.start(directory, "ed25519", List.of("SetEnv PATH=" + path));
  }

  @Override
  boolean isBusybox() {
    return true;
  }
}
