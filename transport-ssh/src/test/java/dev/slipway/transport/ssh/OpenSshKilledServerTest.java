package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.transport.ssh.RunnerProcesses.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a channel of OpenSSH's server when what reads its commands is killed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshKilledServerTest {

  @TempDir private Path directory;

  @BeforeAll
  static void needServer() {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
  }

  @Test
  void it_is_made_anew_while_the_script_runs_which_can_still_be_ended() throws IOException {
    Path root = Files.createDirectories(directory.resolve("host"));
    Heard heard = new Heard();
    DeploymentWork work =
        Rollouts.work(
            "d-AAAAAAAA1",
            Revisions.in(directory.resolve("revision"))
                .file(
                    "appspec.yml",
                    """
                    version: 0.0
                    os: linux
                    hooks:
                      ValidateService: [{location: wait.sh, timeout: 600}]
                    """)
                .script("wait.sh", "echo begun >>$SLIPWAY_HOST_ROOT/runs; echo one; sleep 600")
                .pack(BundleType.TGZ));
    RunnerProcesses processes =
        new RunnerProcesses(root, root.resolve("opt/root/group-1/d-AAAAAAAA1"));
    try (OpenSshServer server = OpenSshServer.start(directory.resolve("server"), "ed25519");
        SshTransport transport =
            SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory))) {
      Host host = host(server, root);
      Rollouts rollouts = new Rollouts(transport, host);
      rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 6), heard);
      HostCommand validate = rollouts.command(work, LifecycleEvent.VALIDATE_SERVICE, 1);
      transport.offer(validate, heard);
      heard.await(word -> word.text().contains("[stdout]one"));

      heard.awaitThat(() -> processes.kill(Role.SERVER, "ValidateService"));

      heard.await("back");
      transport.cancel(validate.key(), CancelMode.TERMINATE);
      assertThat(heard.end(validate.key()).message())
          .contains("because the deployment was stopped");
      assertThat(root.resolve("runs")).hasContent("begun");
      transport.release(work.deployment(), host);
      heard.awaitThat(() -> processes.left().isEmpty());
    }
  }

  private Host host(OpenSshServer server, Path root) throws IOException {
    Path known = directory.resolve("known_hosts");
    Files.writeString(known, "[127.0.0.1]:" + server.port() + " " + server.hostKey() + "\n");
    return new Host(
        new HostId("web-1"),
        "127.0.0.1",
        "",
        Map.of(),
        Map.of(
            "port", String.valueOf(server.port()),
            "identityFile", server.identity().toString(),
            "knownHosts", known.toString(),
            "hostRoot", root.toString(),
            "deploymentRoot", "/opt/root"));
  }
}
