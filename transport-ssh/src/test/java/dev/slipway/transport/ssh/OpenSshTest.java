package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The contract with OpenSSH's server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshTest extends SshContract {

  @BeforeAll
  static void needServer() {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
  }

  @Override
  TestServer start(Path in) throws IOException {
    return OpenSshServer.start(in, "ed25519");
  }

  @Test
  void a_host_that_has_only_an_ecdsa_key_is_told_what_to_do() throws IOException {
    Provider bouncy = Security.getProvider("BC");
    Security.removeProvider("BC");
    Heard heard = new Heard();
    try (TestServer server = OpenSshServer.start(directory.resolve("ecdsa"), "ecdsa");
        SshTransport transport = SshTransport.with(SshOptions.DEFAULTS)) {
      Path known = directory.resolve("known_ecdsa");
      Files.writeString(known, "[127.0.0.1]:" + server.port() + " " + server.hostKey() + "\n");
      Host host =
          new Host(
              new HostId("web-1"),
              "127.0.0.1",
              "",
              Map.of(),
              Map.of(
                  "port", String.valueOf(server.port()),
                  "identityFile", server.identity().toString(),
                  "knownHosts", known.toString()));
      var bundle =
          Revisions.in(directory.resolve("plain"))
              .file("appspec.yml", "version: 0.0\nos: linux\n")
              .pack(BundleType.TAR);

      transport.offer(
          new Rollouts(transport, host)
              .command(Rollouts.work("d-AAAAAAAA1", bundle), LifecycleEvent.APPLICATION_STOP, 1),
          heard);

      Heard.Word refusal = heard.await("unreachable");
      assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
      assertThat(refusal.text()).contains("ssh-keygen -A", "Bouncy Castle");
    } finally {
      if (bouncy != null) {
        Security.addProvider(bouncy);
      }
    }
  }
}
