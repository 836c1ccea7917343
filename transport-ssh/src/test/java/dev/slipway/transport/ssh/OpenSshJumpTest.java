package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are reached through other servers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshJumpTest {

  @TempDir private Path directory;

  private final List<OpenSshServer> servers = new ArrayList<>();
  private final Heard heard = new Heard();
  private SshTransport transport = SshTransport.with(SshOptions.DEFAULTS);

  @BeforeEach
  void start() {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
    transport = SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory));
  }

  @AfterEach
  void stop() {
    transport.close();
    servers.forEach(OpenSshServer::close);
  }

  private OpenSshServer server(String... more) throws IOException {
    OpenSshServer server =
        OpenSshServer.start(
            directory.resolve("server-" + servers.size()), "ed25519", List.of(more));
    servers.add(server);
    return server;
  }

  /** All of them are known, and take their own key. */
  private Host behind(OpenSshServer target, int port, OpenSshServer... jumps) throws IOException {
    List<String> known = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    List<String> way = new ArrayList<>();
    for (OpenSshServer server : servers) {
      known.add("[127.0.0.1]:" + server.port() + " " + server.hostKey());
      keys.add(server.identity().toString());
    }
    for (OpenSshServer jump : jumps) {
      way.add("127.0.0.1:" + jump.port());
    }
    known.add("[127.0.0.1]:" + port + " " + target.hostKey());
    Files.write(directory.resolve("known_hosts"), known);
    return new Host(
        new HostId("web-1"),
        "127.0.0.1",
        "",
        Map.of(),
        Map.of(
            "port", String.valueOf(port),
            "jump", String.join(", ", way),
            "identityFile", String.join(",", keys),
            "knownHosts", directory.resolve("known_hosts").toString(),
            "hostRoot", directory.resolve("host").toString(),
            "deploymentRoot", "/opt/root"));
  }

  private DeploymentWork work() throws IOException {
    return Rollouts.work(
        "d-AAAAAAAA1",
        Revisions.in(directory.resolve("revision"))
            .file("appspec.yml", "version: 0.0\nos: linux\n")
            .pack(BundleType.TGZ));
  }

  private Heard.Word refusal(Host host) throws IOException {
    transport.offer(
        new Rollouts(transport, host).command(work(), LifecycleEvent.APPLICATION_STOP, 1), heard);
    return heard.await("unreachable");
  }

  @Test
  void a_host_behind_two_others_is_deployed_to_over_one_connection() throws IOException {
    OpenSshServer outer = server();
    OpenSshServer inner = server();
    OpenSshServer target = server();
    try (CutProxy last = CutProxy.to(target.port())) {
      Host host = behind(target, last.port(), outer, inner);

      var ends = new Rollouts(transport, host).run(work(), 1, heard);

      assertThat(ends).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
      assertThat(last.connections()).isEqualTo(1);
    }
  }

  @Test
  void the_configuration_of_ssh_leads_to_a_host_by_its_short_name() throws IOException {
    OpenSshServer jump = server();
    OpenSshServer target = server();
    Host behind = behind(target, target.port(), jump);
    Path config =
        Files.writeString(
            directory.resolve("config"),
            """
            Host short
              HostName 127.0.0.1
              Port %d
              ProxyJump edge
              IdentityFile %s
            Host edge
              HostName 127.0.0.1
              Port %d
              IdentityFile %s
            Host *
              UserKnownHostsFile %s
              IdentitiesOnly yes
            """
                .formatted(
                    target.port(),
                    target.identity(),
                    jump.port(),
                    jump.identity(),
                    directory.resolve("known_hosts")));
    Host host =
        new Host(
            behind.id(),
            "short",
            "",
            Map.of(),
            Map.of("hostRoot", directory.resolve("host").toString(), "deploymentRoot", "/opt"));
    transport.close();
    transport =
        SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory).withConfig(config));

    var ends = new Rollouts(transport, host).run(work(), 1, heard);

    assertThat(ends).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
  }

  @Test
  void a_jump_host_with_another_key_is_refused() throws IOException {
    OpenSshServer jump = server();
    OpenSshServer target = server();
    Host host = behind(target, target.port(), jump);
    Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:" + jump.port() + " " + target.hostKey() + "\n");

    Heard.Word refusal = refusal(host);

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
    assertThat(refusal.text()).contains("[127.0.0.1]:" + jump.port() + " shows another key");
  }

  @Test
  void a_jump_host_that_lets_nobody_through_is_named_with_the_remedy() throws IOException {
    OpenSshServer jump = server("AllowTcpForwarding no");
    OpenSshServer target = server();

    Heard.Word refusal = refusal(behind(target, target.port(), jump));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.REFUSED);
    assertThat(refusal.text())
        .contains(
            "The way to 127.0.0.1:" + target.port(),
            "the server before it, 127.0.0.1:" + jump.port() + " (",
            "Set AllowTcpForwarding");
  }

  @Test
  void a_dead_host_behind_a_jump_host_has_refused() throws IOException {
    OpenSshServer jump = server();
    OpenSshServer target = server();
    Host host = behind(target, target.port(), jump);
    target.close();

    Heard.Word refusal = refusal(host);

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.REFUSED);
    assertThat(refusal.text())
        .contains(
            "The way to 127.0.0.1:" + target.port() + " is closed",
            "the server before it, 127.0.0.1:" + jump.port() + " (");
  }

  @Test
  void a_host_that_lets_nobody_in_is_named_with_all_that_lead_to_it() throws IOException {
    OpenSshServer outer = server();
    OpenSshServer inner = server();
    OpenSshServer target = server("PubkeyAuthentication no");

    Heard.Word refusal = refusal(behind(target, target.port(), outer, inner));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text())
        .startsWith(
            "127.0.0.1:%d (behind 127.0.0.1:%d, 127.0.0.1:%d) does not let "
                .formatted(target.port(), outer.port(), inner.port()));
  }

  @Test
  void a_host_with_another_key_is_named_with_the_server_before_it() throws IOException {
    OpenSshServer jump = server();
    OpenSshServer target = server();
    Host host = behind(target, target.port(), jump);
    Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:%d %s\n[127.0.0.1]:%d %s\n"
            .formatted(jump.port(), jump.hostKey(), target.port(), jump.hostKey()));

    Heard.Word refusal = refusal(host);

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
    assertThat(refusal.text())
        .contains("[127.0.0.1]:" + target.port() + " shows another key")
        .endsWith(
            " It is the key of 127.0.0.1:%d (behind 127.0.0.1:%d)."
                .formatted(target.port(), jump.port()));
  }

  @Test
  void a_server_on_the_way_that_there_is_not_is_told_from_the_host() throws IOException {
    OpenSshServer target = server();
    Host host = behind(target, target.port());
    // No part of a name may be so long, so nobody needs to be asked for it.
    String nobody = "x".repeat(64);
    Map<String, String> settings = new TreeMap<>(host.settings());
    settings.put("jump", nobody);

    Heard.Word refusal =
        refusal(new Host(host.id(), host.address(), host.zone(), host.tags(), settings));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.REFUSED);
    assertThat(refusal.text())
        .startsWith("There is no host " + nobody + ", through which the way leads: ")
        .endsWith("Set jump or ProxyJump.");
  }

  @Test
  void a_host_that_is_silent_is_named_with_the_server_before_it() throws IOException {
    OpenSshServer jump = server();
    OpenSshServer target = server();
    transport.close();
    transport =
        SshTransport.with(
            SshOptions.DEFAULTS
                .withWorkDirectory(directory)
                .withConnectTimeout(Duration.ofSeconds(3)));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Heard.Word refusal = refusal(behind(target, silent.getLocalPort(), jump));

      assertThat(refusal.reason()).isEqualTo(UnreachableReason.TIMED_OUT);
      assertThat(refusal.text())
          .startsWith(
              "127.0.0.1:%d (behind 127.0.0.1:%d) did not answer in time."
                  .formatted(silent.getLocalPort(), jump.port()));
    }
  }
}
