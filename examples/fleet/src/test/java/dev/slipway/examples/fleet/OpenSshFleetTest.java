package dev.slipway.examples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshFleetTest {

  @TempDir private Path directory;

  @Test
  void every_host_answers_at_its_own_address_until_the_fleet_is_closed() throws IOException {
    Optional<String> missing = OpenSshFleet.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    List<FleetHost> hosts;

    try (OpenSshFleet fleet = OpenSshFleet.start(directory, 20)) {
      hosts = fleet.hosts();
      for (FleetHost host : List.of(hosts.get(0), hosts.get(15), hosts.get(16), hosts.get(19))) {
        assertThat(ssh(fleet, host, "set -- $SSH_CONNECTION; echo $3 $(id -un); exit 3"))
            .isEqualTo(host.address() + " root\nexit status 3\n");
      }
    }

    assertThat(hosts).noneMatch(OpenSshFleetTest::listens);
  }

  private static String ssh(OpenSshFleet fleet, FleetHost host, String command) throws IOException {
    Process process =
        new ProcessBuilder(
                "ssh",
                "-F",
                "none",
                "-i",
                fleet.files().identity().toString(),
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + fleet.files().knownHosts(),
                "-p",
                Integer.toString(host.port()),
                "root@" + host.address(),
                command)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return output + "exit status " + process.onExit().join().exitValue() + "\n";
  }

  private static boolean listens(FleetHost host) {
    try (Socket socket = new Socket(host.address(), host.port())) {
      return socket.isConnected();
    } catch (IOException closed) {
      return false;
    }
  }
}
