package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.DeploymentWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a deployment waits for the way to a host and back, all of SSH included. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshRoundTripsTest {

  /**
   * The connection, its keys, the account, the channel and the start of the runner: seven, and two
   * more where what the server tells of itself comes in between.
   */
  private static final int CONNECTION = 9;

  @TempDir private Path directory;

  private final Heard heard = new Heard();

  @BeforeEach
  void needServer() {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
  }

  private DeploymentWork work(String deployment) throws IOException {
    return Rollouts.work(
        deployment,
        Revisions.in(directory.resolve("revision"))
            .file(
                "appspec.yml",
                """
                version: 0.0
                os: linux
                files:
                  - {source: app, destination: /srv/app}
                hooks:
                  ApplicationStop: [{location: say.sh}]
                  BeforeInstall: [{location: say.sh}]
                  AfterInstall: [{location: say.sh}]
                  ApplicationStart: [{location: say.sh}]
                  ValidateService: [{location: say.sh}]
                """)
            .file("app/one", "1")
            .script("say.sh", "echo one; echo two")
            .pack(BundleType.TGZ));
  }

  private Host host(OpenSshServer server, int port) {
    return new Host(
        new HostId("web-1"),
        "127.0.0.1",
        "",
        Map.of(),
        Map.of(
            "port", String.valueOf(port),
            "agent", "none",
            "identityFile", server.identity().toString(),
            "knownHosts", directory.resolve("known_hosts").toString(),
            "hostRoot", directory.resolve("host").toString(),
            "deploymentRoot", "/opt/root"));
  }

  @Test
  void an_event_takes_one_install_one_more_and_a_connection_what_ssh_needs() throws IOException {
    try (OpenSshServer server = OpenSshServer.start(directory.resolve("server"), "ed25519");
        TurnProxy proxy = TurnProxy.to(server.port());
        SshTransport transport =
            SshTransport.with(
                SshOptions.DEFAULTS
                    .withWorkDirectory(directory)
                    .withKeepAlive(Duration.ofHours(1)))) {
      Files.writeString(directory.resolve("known_hosts"), "127.0.0.1 " + server.hostKey() + "\n");
      new Rollouts(transport, host(server, server.port())).run(work("d-AAAAAAAA1"), 1, heard);
      Rollouts rollouts = new Rollouts(transport, host(server, proxy.port()));
      DeploymentWork second = work("d-AAAAAAAA2");
      List<Integer> turns = new ArrayList<>();

      for (LifecycleEvent event : LifecycleEvent.IN_PLACE) {
        int before = proxy.turns();
        var ends = rollouts.run(second, 1, List.of(event), heard);
        assertThat(ends.values()).allSatisfy(end -> assertThat(end.isSuccess()).isTrue());
        turns.add(proxy.turns() - before);
      }

      int install = LifecycleEvent.IN_PLACE.indexOf(LifecycleEvent.INSTALL);
      assertThat(turns.get(0)).as("%s", turns).isLessThanOrEqualTo(CONNECTION + 1);
      for (int i = 1; i < turns.size(); i++) {
        assertThat(turns.get(i)).as("%s", turns).isLessThanOrEqualTo(i == install ? 2 : 1);
      }
    }
  }
}
