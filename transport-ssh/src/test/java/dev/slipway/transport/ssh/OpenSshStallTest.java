package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that take nothing of a bundle for a while: there, more is sent than fits on the way. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshStallTest {

  private static final int CHARACTERS = 8_000_000;

  @TempDir private Path directory;

  private final Heard heard = new Heard();

  @BeforeAll
  static void needServer() {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
  }

  /** What the host takes bundles with notes each one, and does something before the first. */
  private void beforeTheFirst(String what) throws IOException {
    Path head = Files.createDirectories(directory.resolve("bin")).resolve("head");
    Files.writeString(
        head,
        """
        #!/bin/sh
        if [ "$2" -gt 1000000 ]; then
          echo taken >>%1$s/bundles
          [ "$(wc -l <%1$s/bundles)" -gt 1 ] || { %2$s; }
        fi
        PATH=/usr/bin:/bin exec head "$@"
        """
            .formatted(directory, what));
    assertThat(head.toFile().setExecutable(true)).isTrue();
  }

  private OpenSshServer server() throws IOException {
    return OpenSshServer.start(
        directory.resolve("server"),
        "ed25519",
        List.of("SetEnv PATH=" + directory.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin"));
  }

  private Host host(OpenSshServer server) throws IOException {
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
            "hostRoot", Files.createDirectories(directory.resolve("host")).toString(),
            "deploymentRoot", "/opt/root"));
  }

  private DeploymentWork work() throws IOException {
    StringBuilder text = new StringBuilder();
    new Random(1).ints(CHARACTERS, ' ', '~').forEach(one -> text.append((char) one));
    return Rollouts.work(
        "d-AAAAAAAA1",
        Revisions.in(directory.resolve("revision"))
            .file("appspec.yml", "version: 0.0\nos: linux\n")
            .file("large", text.toString())
            .pack(BundleType.TAR));
  }

  private SshTransport transport(Duration connectTimeout) {
    return SshTransport.with(
        SshOptions.DEFAULTS
            .withWorkDirectory(directory)
            .withConnectTimeout(connectTimeout)
            .withKeepAlive(Duration.ofSeconds(1)));
  }

  private HostCommand download(SshTransport transport, Host host) throws IOException {
    return new Rollouts(transport, host).command(work(), LifecycleEvent.DOWNLOAD_BUNDLE, 1);
  }

  @Test
  void a_host_that_stalls_for_longer_than_it_may_take_to_connect_is_sent_its_bundle_once()
      throws IOException {
    beforeTheFirst("sleep 6");
    try (OpenSshServer server = server();
        SshTransport transport = transport(Duration.ofSeconds(4))) {
      HostCommand download = download(transport, host(server));

      transport.offer(download, heard);

      assertThat(heard.end(download.key()).isSuccess()).isTrue();
      assertThat(heard.troubles()).isEmpty();
      assertThat(directory.resolve("bundles")).hasContent("taken\n");
    }
  }

  @Test
  void a_runner_that_ends_while_it_takes_nothing_is_missed() throws IOException {
    beforeTheFirst("sleep 1; kill -s KILL $PPID; exit 1");
    try (OpenSshServer server = server();
        SshTransport transport = transport(Duration.ofSeconds(15))) {
      HostCommand download = download(transport, host(server));

      transport.offer(download, heard);

      assertThat(heard.end(download.key()).isSuccess()).isTrue();
      assertThat(directory.resolve("bundles")).hasContent("taken\ntaken\n");
    }
  }

  @Test
  void a_connection_that_breaks_while_its_host_takes_nothing_is_made_again() throws IOException {
    Path stalled = directory.resolve("stalled");
    beforeTheFirst("sleep 1; : >" + stalled + "; sleep 2");
    try (OpenSshServer server = server();
        SshTransport transport = transport(Duration.ofSeconds(15))) {
      HostCommand download = download(transport, host(server));
      transport.offer(download, heard);
      heard.awaitThat(() -> Files.exists(stalled));

      server.killConnections();

      assertThat(heard.end(download.key()).isSuccess()).isTrue();
    }
  }
}
