package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostNeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often OpenSSH's servers are logged in to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshPoolTest {

  private static final int HOSTS = 6;

  @TempDir private Path directory;

  private static final int MANY = 30;

  /**
   * A third of it is waited for each way that has died; a slow machine must answer in that time.
   */
  private static final Duration SILENCE = Duration.ofSeconds(12);

  private final List<OpenSshServer> servers = new ArrayList<>();
  private final List<SshTransport> transports = new ArrayList<>();
  private SshjDialer dialer = new SshjDialer(SshOptions.DEFAULTS);

  @BeforeEach
  void needServer() {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
  }

  @AfterEach
  void stop() {
    transports.forEach(SshTransport::close);
    servers.forEach(OpenSshServer::close);
  }

  private OpenSshServer server(String... more) throws IOException {
    OpenSshServer server =
        OpenSshServer.start(
            directory.resolve("server-" + servers.size()), "ed25519", List.of(more));
    servers.add(server);
    return server;
  }

  private SshTransport transport(ConnectionPolicy policy) {
    return transport(SshOptions.DEFAULTS.withConnections(policy));
  }

  private SshTransport transport(SshOptions those) {
    SshOptions options = those.withWorkDirectory(directory);
    dialer = new SshjDialer(options);
    SshTransport transport = SshTransport.with(options, dialer);
    transports.add(transport);
    return transport;
  }

  private Host host(int number, OpenSshServer target, OpenSshServer... jumps) throws IOException {
    List<String> known = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (OpenSshServer server : servers) {
      known.add("[127.0.0.1]:" + server.port() + " " + server.hostKey());
      keys.add(server.identity().toString());
    }
    Files.write(directory.resolve("known_hosts"), known);
    Map<String, String> settings = new HashMap<>();
    settings.put("port", String.valueOf(target.port()));
    settings.put("identityFile", String.join(",", keys));
    settings.put("knownHosts", directory.resolve("known_hosts").toString());
    settings.put("hostRoot", directory.resolve("host-" + number).toString());
    settings.put("deploymentRoot", "/opt/root");
    for (OpenSshServer jump : jumps) {
      settings.put("jump", "127.0.0.1:" + jump.port());
    }
    return new Host(new HostId("web-" + number), "127.0.0.1", "", Map.of(), settings);
  }

  /** A host behind a server that is reached over another port. */
  private Host behind(int number, OpenSshServer target, OpenSshServer jump, int port)
      throws IOException {
    Host host = host(number, target);
    Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:" + port + " " + jump.hostKey() + "\n",
        StandardOpenOption.APPEND);
    Map<String, String> settings = new HashMap<>(host.settings());
    settings.put("jump", "127.0.0.1:" + port);
    return new Host(host.id(), host.address(), "", Map.of(), settings);
  }

  private DeploymentWork work(String deployment) throws IOException {
    return Rollouts.work(
        deployment,
        Revisions.in(directory.resolve("revision"))
            .file("appspec.yml", "version: 0.0\nos: linux\n")
            .pack(BundleType.TGZ));
  }

  private void deploys(SshTransport transport, Host host, String deployment) throws IOException {
    Map<LifecycleEvent, Diagnostics> ends =
        new Rollouts(transport, host).run(work(deployment), 1, new Heard());
    assertThat(ends).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
    transport.release(new DeploymentId(deployment), host);
  }

  @Test
  void one_deployment_after_the_other_takes_one_login() throws IOException {
    OpenSshServer server = server();
    Host host = host(1, server);
    SshTransport transport = transport(ConnectionPolicy.DEFAULTS);

    deploys(transport, host, "d-AAAAAAAA1");
    new Heard().awaitThat(() -> dialer.kept() == 1);
    deploys(transport, host, "d-AAAAAAAA2");
    new Heard().awaitThat(() -> dialer.kept() == 1);
    deploys(transport, host, "d-AAAAAAAA3");

    assertThat(server.logins()).isEqualTo(1);
  }

  @Test
  void without_a_pool_each_takes_its_own() throws IOException {
    OpenSshServer server = server();
    Host host = host(1, server);
    SshTransport transport = transport(ConnectionPolicy.DEFAULTS.withIdle(Duration.ZERO));

    deploys(transport, host, "d-AAAAAAAA1");
    deploys(transport, host, "d-AAAAAAAA2");

    assertThat(server.logins()).isEqualTo(2);
  }

  @Test
  void a_kept_connection_that_died_is_replaced_without_a_word() throws IOException {
    OpenSshServer server = server();
    Host host = host(1, server);
    SshTransport transport = transport(ConnectionPolicy.DEFAULTS);
    deploys(transport, host, "d-AAAAAAAA1");
    new Heard().awaitThat(() -> dialer.kept() == 1);
    server.killConnections();
    Heard heard = new Heard();

    new Rollouts(transport, host).run(work("d-AAAAAAAA2"), 1, heard);

    assertThat(heard.sequence()).doesNotContain("unreachable", "back");
    assertThat(server.logins()).isEqualTo(2);
  }

  @Test
  void a_way_that_died_without_a_word_is_made_anew_and_nobody_hears_of_it() throws IOException {
    OpenSshServer jump = server();
    OpenSshServer target = server();
    OpenSshServer other = server();
    try (CutProxy network = CutProxy.to(jump.port())) {
      SshTransport transport =
          transport(
              SshOptions.DEFAULTS
                  .withConnectTimeout(SILENCE)
                  // What has died is to be found by who needs it.
                  .withKeepAlive(Duration.ofHours(1)));
      Host host = behind(1, target, jump, network.port());
      Host neighbour = behind(2, other, jump, network.port());
      deploys(transport, host, "d-AAAAAAAA1");
      new Heard().awaitThat(() -> dialer.kept() == 1);

      network.silence();
      HostCondition condition =
          transport
              .inspect(neighbour, HostNeeds.NOTHING, Duration.ofMinutes(1))
              .toCompletableFuture()
              .join();
      assertThat(condition.defects()).isEmpty();
      assertThat(jump.logins()).isEqualTo(2);
      new Heard().awaitThat(() -> dialer.kept() == 2);

      network.silence();
      Heard heard = new Heard();
      new Rollouts(transport, host).run(work("d-AAAAAAAA2"), 1, heard);
      assertThat(heard.sequence()).doesNotContain("unreachable", "back");
      assertThat(jump.logins()).isEqualTo(3);
    }
  }

  @Test
  void who_leads_nowhere_any_more_is_blamed_and_not_the_host_behind() throws IOException {
    OpenSshServer jump = server();
    OpenSshServer target = server();
    OpenSshServer other = server();
    CutProxy network = CutProxy.to(jump.port());
    SshTransport transport = transport(SshOptions.DEFAULTS.withConnectTimeout(SILENCE));
    Host host = behind(1, target, jump, network.port());
    Host neighbour = behind(2, other, jump, network.port());
    deploys(transport, host, "d-AAAAAAAA1");
    new Heard().awaitThat(() -> dialer.kept() == 1);
    network.silence();
    network.stopListening();

    HostCondition condition =
        transport
            .inspect(neighbour, HostNeeds.NOTHING, Duration.ofMinutes(1))
            .toCompletableFuture()
            .join();

    assertThat(condition.defects())
        .singleElement()
        .satisfies(
            defect ->
                assertThat(defect.message())
                    .contains("Nothing answers at 127.0.0.1:" + network.port()));
    network.close();
  }

  @Test
  void hosts_behind_a_server_share_a_connection_to_it() throws IOException {
    OpenSshServer jump = server();
    OpenSshServer target = server();
    SshTransport transport = transport(ConnectionPolicy.DEFAULTS);
    List<CompletableFuture<Void>> hosts = new ArrayList<>();
    for (int number = 1; number <= HOSTS; number++) {
      Host host = host(number, target, jump);
      DeploymentWork work = work("d-AAAAAAAA1");
      hosts.add(
          CompletableFuture.runAsync(
              () ->
                  assertThat(new Rollouts(transport, host).run(work, 1, new Heard()))
                      .hasSize(7)
                      .allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue())));
    }

    hosts.forEach(CompletableFuture::join);

    assertThat(jump.logins()).isEqualTo(1);
    assertThat(target.logins()).isEqualTo(HOSTS);
  }

  @Test
  void the_loss_of_a_shared_connection_makes_all_behind_it_come_again() throws IOException {
    OpenSshServer jump = server();
    OpenSshServer target = server();
    SshTransport transport = transport(ConnectionPolicy.DEFAULTS);
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
                      ValidateService: [{location: wait.sh, timeout: 60}]
                    """)
                .script(
                    "wait.sh",
                    "echo begun >>$SLIPWAY_HOST_ROOT/runs; while [ ! -f %s/gate ]; do sleep 0.05; done"
                        .formatted(directory))
                .pack(BundleType.TGZ));
    Heard heard = new Heard();
    List<Host> hosts = List.of(host(1, target, jump), host(2, target, jump));
    for (Host host : hosts) {
      Rollouts rollouts = new Rollouts(transport, host);
      rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 6), heard);
      transport.offer(rollouts.command(work, LifecycleEvent.VALIDATE_SERVICE, 1), heard);
      heard.await(
          word ->
              word.what().equals("acknowledged")
                  && word.key().event() == LifecycleEvent.VALIDATE_SERVICE
                  && word.key().host().equals(host.id()));
    }

    jump.killConnections();
    for (Host host : hosts) {
      heard.await(word -> word.what().equals("back") && word.key().host().equals(host.id()));
    }
    Files.writeString(directory.resolve("gate"), "");

    for (Host host : hosts) {
      assertThat(
              heard
                  .end(
                      new Rollouts(transport, host)
                          .command(work, LifecycleEvent.VALIDATE_SERVICE, 1)
                          .key())
                  .isSuccess())
          .isTrue();
    }
    assertThat(directory.resolve("host-1/runs")).hasContent("begun");
    assertThat(directory.resolve("host-2/runs")).hasContent("begun");
    assertThat(jump.logins()).isEqualTo(2);
  }

  @Test
  void many_hosts_at_one_address_log_in_a_few_at_a_time() throws IOException {
    OpenSshServer server = server("MaxStartups 10:100:10");
    SshTransport transport = transport(SshOptions.DEFAULTS.withThreads(MANY));
    DeploymentWork work = work("d-AAAAAAAA1");
    Heard heard = new Heard();
    List<HostCommand> commands = new ArrayList<>();
    for (int number = 0; number < MANY; number++) {
      Rollouts rollouts = new Rollouts(transport, host(number, server));
      commands.add(rollouts.command(work, LifecycleEvent.APPLICATION_STOP, 1));
    }

    commands.forEach(command -> transport.offer(command, heard));

    for (HostCommand command : commands) {
      assertThat(heard.end(command.key()).isSuccess()).isTrue();
    }
    assertThat(heard.troubles()).isEmpty();
    assertThat(server.logins()).isEqualTo(MANY);
  }
}
