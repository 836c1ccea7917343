package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
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
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Deployments over a bad network to OpenSSH's server. {@code -Dslipway.rounds=} asks for more
 * rounds, {@code -Dslipway.seed=} for one in particular.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshFaultsTest {

  private static final int HOSTS = 3;
  private static final int MOST_FAULTS = 16;
  private static final int LINES = 40;
  private static final List<String> SCRIPTED =
      List.of("BeforeInstall", "AfterInstall", "ApplicationStart", "ValidateService");

  private static final Map<FaultyNetwork.Fault, Integer> FAULTS = new TreeMap<>();

  @TempDir private Path directory;

  static LongStream seeds() {
    Long one = Long.getLong("slipway.seed");
    int rounds = Integer.getInteger("slipway.rounds", Integer.getInteger("slipway.soak.kills", 5));
    return one == null ? LongStream.rangeClosed(1, rounds) : LongStream.of(one);
  }

  @BeforeAll
  static void needServer() {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
  }

  @AfterAll
  static void tell() {
    System.out.println("faults of the network: " + FAULTS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everything_ends_as_it_should_and_nothing_runs_twice(long seed) throws IOException {
    System.out.println("bad network: -Dslipway.seed=" + seed);
    Random random = new Random(seed);
    DeploymentWork work = Rollouts.work("d-AAAAAAAA1", revision(random).pack(BundleType.TGZ));
    try (OpenSshServer server = OpenSshServer.start(directory.resolve("server"), "ed25519");
        FaultyNetwork network =
            FaultyNetwork.to(
                server.port(), random, 1 + random.nextInt(MOST_FAULTS), server::killConnections);
        SshTransport transport = SshTransport.with(impatient())) {
      Files.writeString(
          directory.resolve("known_hosts"),
          "[127.0.0.1]:" + network.port() + " " + server.hostKey() + "\n");
      List<CompletableFuture<Void>> hosts = new ArrayList<>();
      for (int number = 1; number <= HOSTS; number++) {
        Host host = host(number, network.port(), server.identity());
        boolean fails = random.nextInt(4) == 0;
        if (fails) {
          Files.createFile(root(number).resolve("fails"));
        }
        hosts.add(CompletableFuture.runAsync(() -> deploy(transport, host, work, fails)));
      }
      hosts.forEach(CompletableFuture::join);
      network.happened().forEach((fault, times) -> FAULTS.merge(fault, times, Integer::sum));
    }
    for (int number = 1; number <= HOSTS; number++) {
      assertThat(root(number).resolve("witness")).hasContent(String.join("\n", SCRIPTED));
    }
  }

  private SshOptions impatient() {
    return SshOptions.DEFAULTS
        .withWorkDirectory(directory)
        .withKeepAlive(Duration.ofMillis(500))
        .withConnectTimeout(Duration.ofSeconds(5))
        .withConnections(
            ConnectionPolicy.DEFAULTS
                .withPauses(Duration.ofMillis(10), Duration.ofMillis(200))
                .withRest(5, Duration.ofMillis(300)));
  }

  private Revisions revision(Random random) throws IOException {
    byte[] noise = new byte[50_000];
    random.nextBytes(noise);
    Revisions revision =
        Revisions.in(directory.resolve("revision"))
            .file(
                "appspec.yml",
                SCRIPTED.stream()
                    .map(event -> "  " + event + ":\n    - {location: hook.sh, timeout: 300}\n")
                    .collect(
                        Collectors.joining(
                            "",
                            """
                            version: 0.0
                            os: linux
                            files:
                              - {source: app, destination: /srv/app}
                            hooks:
                            """,
                            "")))
            .file("app/noise", "")
            .script(
                "hook.sh",
                """
                echo "$LIFECYCLE_EVENT" >>"$SLIPWAY_HOST_ROOT/witness"
                number=0
                while [ $number -lt %d ]; do
                  number=$((number + 1))
                  echo "$LIFECYCLE_EVENT $number"
                done
                [ "$LIFECYCLE_EVENT" != ValidateService ] || [ ! -f "$SLIPWAY_HOST_ROOT/fails" ] || exit 3
                """
                    .formatted(LINES));
    Files.write(directory.resolve("revision/app/noise"), noise);
    return revision;
  }

  private Path root(int number) {
    return directory.resolve("host-" + number);
  }

  private Host host(int number, int port, Path identity) throws IOException {
    Files.createDirectories(root(number));
    return new Host(
        new HostId("web-" + number),
        "127.0.0.1",
        "",
        Map.of(),
        Map.of(
            "port", String.valueOf(port),
            "identityFile", identity.toString(),
            "knownHosts", directory.resolve("known_hosts").toString(),
            "hostRoot", root(number).toString(),
            "deploymentRoot", "/opt/root"));
  }

  private static void deploy(
      SshTransport transport, Host host, DeploymentWork work, boolean fails) {
    Heard heard = new Heard();

    Map<LifecycleEvent, Diagnostics> ends = new Rollouts(transport, host).run(work, 1, heard);

    assertThat(ends).as("%s", host.id()).hasSize(LifecycleEvent.IN_PLACE.size());
    ends.forEach(
        (event, end) ->
            assertThat(end.errorCode())
                .as("%s of %s: %s", event, host.id(), end)
                .isEqualTo(
                    fails && event == LifecycleEvent.VALIDATE_SERVICE
                        ? LifecycleErrorCode.SCRIPT_FAILED
                        : LifecycleErrorCode.SUCCESS));
    assertThat(heard.output().lines().filter(line -> line.startsWith("[stdout]")))
        .containsExactlyElementsOf(
            SCRIPTED.stream()
                .flatMap(
                    event ->
                        IntStream.rangeClosed(1, LINES)
                            .mapToObj(line -> "[stdout]" + event + " " + line))
                .toList());
  }
}
