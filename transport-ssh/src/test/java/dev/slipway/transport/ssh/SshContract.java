package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.preflight.HostDefect;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostNeeds;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What must work with every SSH server. */
abstract class SshContract {

  @TempDir Path directory;

  private Path root = Path.of("");
  private TestServer server = new NoServer();
  private SshTransport transport = SshTransport.with(SshOptions.DEFAULTS);
  private final Heard heard = new Heard();

  /** Returns a server whose files are in the directory. */
  abstract TestServer start(Path in) throws IOException;

  @BeforeEach
  void startServer() throws IOException {
    server = start(directory.resolve("server"));
    root = Files.createDirectories(directory.resolve("host"));
    know(server.port(), server.hostKey());
    transport = SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory));
  }

  @AfterEach
  void stopServer() throws IOException {
    transport.close();
    server.close();
  }

  private Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  private void know(int port, String key) throws IOException {
    Files.writeString(knownHosts(), "[127.0.0.1]:" + port + " " + key + "\n");
  }

  private Host host(int port, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("port", String.valueOf(port));
    settings.put("identityFile", server.identity().toString());
    settings.put("knownHosts", knownHosts().toString());
    settings.put("hostRoot", root.toString());
    settings.put("deploymentRoot", "/opt/root");
    settings.putAll(more);
    return new Host(new HostId("web-1"), "127.0.0.1", "", Map.of(), settings);
  }

  private Revisions revision(String version, String validate) throws IOException {
    return Revisions.in(directory.resolve("revision-" + version))
        .file(
            "appspec.yml",
            """
            version: 0.0
            os: linux
            files:
              - {source: app, destination: /srv/app}
            hooks:
              ApplicationStop:
                - {location: stop.sh, timeout: 60}
              ApplicationStart:
                - {location: start.sh, timeout: 60}
              ValidateService:
                - {location: validate.sh, timeout: 60}
            """)
        .file("app/version", version)
        .script("stop.sh", "echo stopping " + version)
        .script("start.sh", "echo starting " + version)
        .script("validate.sh", validate);
  }

  private Bundle bundle(String version) throws IOException {
    return revision(version, "echo valid").pack(BundleType.TGZ);
  }

  @Test
  void deploys_seven_events_twice_over_one_connection_each() throws IOException {
    try (CutProxy proxy = CutProxy.to(server.port())) {
      know(proxy.port(), server.hostKey());
      Rollouts rollouts = new Rollouts(transport, host(proxy.port(), Map.of()));

      var first = rollouts.run(Rollouts.work("d-AAAAAAAA1", bundle("1")), 1, heard);
      var second = rollouts.run(Rollouts.work("d-AAAAAAAA2", bundle("2")), 1, heard);

      assertThat(first).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
      assertThat(second)
          .hasSize(7)
          .allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
      assertThat(heard.output()).contains("[stdout]stopping 1\n", "[stdout]starting 2\n");
      assertThat(root.resolve("srv/app/version")).hasContent("2");
      assertThat(proxy.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
  void brings_large_bundles_of_every_type_whole(BundleType type) throws IOException {
    byte[] noise = new byte[3_000_001];
    new Random(42).nextBytes(noise);
    Revisions revision = revision("1", "echo valid").file("app/noise", "");
    Files.write(directory.resolve("revision-1/app/noise"), noise);
    Rollouts rollouts = new Rollouts(transport, host(server.port(), Map.of()));

    var ends = rollouts.run(Rollouts.work("d-AAAAAAAA1", revision.pack(type)), 1, heard);

    assertThat(ends).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
    assertThat(root.resolve("srv/app/noise")).hasBinaryContent(noise);
  }

  @Test
  void a_script_goes_on_while_the_link_is_lost_and_runs_once() throws IOException {
    try (CutProxy proxy = CutProxy.to(server.port())) {
      know(proxy.port(), server.hostKey());
      Host host = host(proxy.port(), Map.of());
      Rollouts rollouts = new Rollouts(transport, host);
      String script =
          "echo begun >>%1$s/runs; echo one; while [ ! -f %1$s/gate ]; do sleep 0.05; done; echo two"
              .formatted(directory);
      var work = Rollouts.work("d-AAAAAAAA1", revision("1", script).pack(BundleType.TGZ));
      rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 6), heard);
      HostCommand validate = rollouts.command(work, LifecycleEvent.VALIDATE_SERVICE, 1);
      Heard here = new Heard();
      transport.offer(validate, here);
      here.await(word -> word.text().contains("[stdout]one"));

      proxy.cut();

      assertThat(here.await("unreachable").reason()).isEqualTo(UnreachableReason.CONNECTION_LOST);
      here.await("back");
      Files.writeString(directory.resolve("gate"), "");
      assertThat(here.end(validate.key()).isSuccess()).isTrue();
      assertThat(here.output()).endsWith("[stdout]one\n[stdout]two\n").containsOnlyOnce("one");
      assertThat(directory.resolve("runs")).hasContent("begun");
    }
  }

  @Test
  void scripts_get_the_same_variables_over_a_new_connection() throws IOException {
    try (CutProxy proxy = CutProxy.to(server.port())) {
      know(proxy.port(), server.hostKey());
      Rollouts rollouts = new Rollouts(transport, host(proxy.port(), Map.of()));
      String names = "$DEPLOYMENT_ID $APPLICATION_NAME $DEPLOYMENT_GROUP_NAME $SLIPWAY_ARCHIVE_DIR";
      String script = "echo $LIFECYCLE_EVENT; echo \"variables: " + names + "\"";
      Revisions revision = revision("1", script).script("start.sh", script);
      var work = Rollouts.work("d-AAAAAAAA1", revision.pack(BundleType.TGZ));
      rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 6), heard);

      proxy.cut();
      rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(6, 7), heard);

      assertThat(heard.output())
          .contains("[stdout]ApplicationStart\n[stdout]variables: d-AAAAAAAA1 ")
          .contains("[stdout]ValidateService\n[stdout]variables: d-AAAAAAAA1 ");
      assertThat(heard.output().lines().filter(line -> line.contains("variables:")).distinct())
          .hasSize(1);
      assertThat(proxy.connections()).isEqualTo(2);
    }
  }

  private Heard.Word refusal(Host host) throws IOException {
    Rollouts rollouts = new Rollouts(transport, host);
    transport.offer(
        rollouts.command(
            Rollouts.work("d-AAAAAAAA9", bundle("9")), LifecycleEvent.APPLICATION_STOP, 1),
        heard);
    return heard.await("unreachable");
  }

  @Test
  void a_host_with_another_key_is_refused() throws IOException {
    try (TestServer other = start(directory.resolve("other"))) {
      know(server.port(), other.hostKey());

      Heard.Word refusal = refusal(host(server.port(), Map.of()));

      assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
      assertThat(refusal.text()).contains("shows another key", "SHA256:", knownHosts().toString());
    }
  }

  @Test
  void an_unknown_host_is_refused_unless_it_may_be_new() throws IOException {
    Files.delete(knownHosts());

    Heard.Word refusal = refusal(host(server.port(), Map.of()));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.HOST_KEY_REJECTED);
    assertThat(refusal.text()).contains("vouched", "accept-new");
    assertThat(knownHosts()).doesNotExist();

    Rollouts rollouts =
        new Rollouts(transport, host(server.port(), Map.of("hostKeyChecking", "accept-new")));
    var ends = rollouts.run(Rollouts.work("d-AAAAAAAA2", bundle("2")), 1, heard);

    assertThat(ends).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
    assertThat(knownHosts()).content().startsWith("[127.0.0.1]:" + server.port() + " ");
  }

  @Test
  void a_refused_connection_says_where() throws IOException {
    // Its port is taken, and it does not listen.
    try (Socket deaf = new Socket()) {
      deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      Heard.Word refusal = refusal(host(deaf.getLocalPort(), Map.of()));

      assertThat(refusal.reason()).isEqualTo(UnreachableReason.REFUSED);
      assertThat(refusal.text())
          .contains("127.0.0.1:" + deaf.getLocalPort(), "Is the SSH server running");
    }
  }

  @Test
  void a_server_that_accepts_connections_and_is_silent_does_not_answer_in_time()
      throws IOException {
    transport.close();
    transport = SshTransport.with(SshOptions.DEFAULTS.withConnectTimeout(Duration.ofMillis(100)));
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Heard.Word refusal = refusal(host(silent.getLocalPort(), Map.of()));

      assertThat(refusal.reason()).isEqualTo(UnreachableReason.TIMED_OUT);
      assertThat(refusal.text()).contains(silent.getLocalPort() + " did not answer in time");
    }
  }

  @Test
  void a_key_that_the_host_does_not_accept_is_named() throws IOException {
    Heard.Word refusal =
        refusal(host(server.port(), Map.of("identityFile", server.strangeIdentity().toString())));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text()).contains("id_strange", "authorized_keys");
  }

  @Test
  void a_key_may_have_a_passphrase() throws IOException {
    Path phrase = Files.writeString(directory.resolve("phrase"), "open sesame\n");
    Map<String, String> locked =
        Map.of("identityFile", server.lockedIdentity().toString(), "passphrase", "file:" + phrase);
    Rollouts rollouts = new Rollouts(transport, host(server.port(), locked));

    Map<LifecycleEvent, Diagnostics> ends =
        rollouts.run(Rollouts.work("d-AAAAAAAA1", bundle("1")), 1, heard);

    assertThat(ends).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
  }

  @Test
  void a_wrong_passphrase_is_asked_about() throws IOException {
    Path phrase = Files.writeString(directory.resolve("phrase"), "open pumpkin");
    Heard.Word refusal =
        refusal(
            host(
                server.port(),
                Map.of(
                    "identityFile",
                    server.lockedIdentity().toString(),
                    "passphrase",
                    "file:" + phrase)));

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text()).contains("id_locked", "passphrase").doesNotContain("pumpkin");
  }

  private HostCondition look(Host host, HostNeeds needs) throws Exception {
    return transport
        .inspect(host, needs, Duration.ofMinutes(2))
        .toCompletableFuture()
        .get(2, TimeUnit.MINUTES);
  }

  @Test
  void a_look_says_what_a_host_is_like_and_leaves_nothing_there() throws Exception {
    HostCondition found =
        look(
            host(server.port(), Map.of()),
            new HostNeeds(
                List.of("/srv/app", "~nobody/app"),
                Set.of("nobody"),
                Set.of("slipway-nobody"),
                Set.of("root", "slipway-none"),
                Set.of("slipway-tool")));

    assertThat(found.defects())
        .extracting(HostDefect::message)
        .containsExactly(
            "there is no account slipway-nobody: create it",
            "there is no group slipway-none: create it",
            "there is no program slipway-tool, which its AppSpec needs");
    assertThat(found.account()).isEqualTo(System.getProperty("user.name"));
    assertThat(found.clock()).isNotNull();
    assertThat(found.spaces())
        .extracting(HostCondition.FreeSpace::path)
        .containsExactly(root + "/opt/root", root + "/srv/app");
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void a_look_finds_a_live_agent_unless_that_is_no_hindrance() throws Exception {
    Process agent = new ProcessBuilder("sh", "-c", "sleep 600; : codedeploy-agent").start();
    Path state = Files.createDirectories(root.resolve("opt/state/.pid"));
    Files.writeString(state.resolve("codedeploy-agent.pid"), agent.pid() + "\n");
    try {
      HostCondition found = look(host(server.port(), Map.of()), HostNeeds.NOTHING);
      HostCondition adopted = look(host(server.port(), Map.of("adopt", "true")), HostNeeds.NOTHING);

      assertThat(found.defects())
          .singleElement()
          .satisfies(defect -> assertThat(defect.kind()).isEqualTo(HostDefect.Kind.AGENT))
          .satisfies(defect -> assertThat(defect.message()).contains("" + agent.pid(), "adopt"));
      assertThat(adopted.defects()).isEmpty();
    } finally {
      agent.descendants().forEach(ProcessHandle::destroy);
      agent.destroy();
    }
  }

  @Test
  void a_look_at_a_host_that_cannot_be_reached_finds_that() throws Exception {
    Host locked = host(server.port(), Map.of("identityFile", server.strangeIdentity().toString()));

    assertThat(look(locked, HostNeeds.NOTHING).defects())
        .singleElement()
        .satisfies(defect -> assertThat(defect.kind()).isEqualTo(HostDefect.Kind.UNREACHABLE))
        .satisfies(defect -> assertThat(defect.message()).contains("authorized_keys"));
    assertThat(look(host(server.port(), Map.of("sudo", "perhaps")), HostNeeds.NOTHING).defects())
        .singleElement()
        .satisfies(defect -> assertThat(defect.kind()).isEqualTo(HostDefect.Kind.SETTINGS));
  }

  @Test
  void a_look_at_a_host_that_is_silent_ends_when_its_time_is_over() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      transport.close();
      transport = SshTransport.with(SshOptions.DEFAULTS.withConnectTimeout(Duration.ofMillis(100)));

      HostCondition found = look(host(silent.getLocalPort(), Map.of()), HostNeeds.NOTHING);

      assertThat(found.defects())
          .singleElement()
          .satisfies(defect -> assertThat(defect.kind()).isEqualTo(HostDefect.Kind.UNREACHABLE));
    }
  }

  /** Before a server is started. */
  private static final class NoServer implements TestServer {
    @Override
    public int port() {
      return 0;
    }

    @Override
    public String hostKey() {
      return "";
    }

    @Override
    public Path identity() {
      return Path.of("");
    }

    @Override
    public Path lockedIdentity() {
      return Path.of("");
    }

    @Override
    public Path strangeIdentity() {
      return Path.of("");
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
