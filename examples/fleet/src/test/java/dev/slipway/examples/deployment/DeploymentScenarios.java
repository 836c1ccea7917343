package dev.slipway.examples.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.Slipway;
import dev.slipway.engine.journal.JournalCodec;
import dev.slipway.examples.fleet.Fleet;
import dev.slipway.examples.sample.SampleRevision;
import dev.slipway.examples.sample.SampleSite;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.WaveStep;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.gate.GateQuestion;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.strategy.WaveSize;
import dev.slipway.transport.ssh.SshOptions;
import dev.slipway.transport.ssh.SshTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments of the sample service, from its bundle to its answer over HTTP. */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class DeploymentScenarios {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path directory;

  private Fleet fleet;
  private List<SampleSite> sites;
  private Deployer deployer;
  private int size;
  private volatile String unwanted = "none";
  private final List<String> visited = new CopyOnWriteArrayList<>();

  /** Starts the hosts to deploy to; an even number of at least four. */
  abstract Fleet fleetIn(Path base) throws IOException;

  /** Returns the revision of that version, as far as this kind of fleet can install it. */
  abstract SampleRevision revision(String version);

  /** Returns {@code user:group} of what was installed. */
  abstract String owner();

  @BeforeEach
  void deploy_something_to_come_back_to() throws IOException {
    fleet = fleetIn(directory.resolve("fleet"));
    sites = SampleSite.on(fleet);
    size = sites.size();
    deployer =
        Slipway.builder()
            .state(directory.resolve("state"))
            .inventory(OnPremInventory.at(fleet.files().inventory()))
            .transport(SshTransport.with(SshOptions.DEFAULTS))
            .healthGate("visitor", 1, unused -> this::visit)
            .build();
    RolloutResult result = end(start("1.0", DeploymentConfigs.ALL_AT_ONCE));
    assertThat(result.error()).isNull();
    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertInService("1.0");
  }

  @AfterEach
  void leave_nothing_running() throws IOException {
    if (fleet == null) {
      return;
    }
    deployer.close();
    SampleSite.stop(sites);
    fleet.close();
  }

  @Test
  void half_at_a_time_succeeds_although_one_host_fails() throws IOException {
    sites.get(1).refuse("1.1");

    RolloutResult result = end(start("1.1", DeploymentConfigs.HALF_AT_A_TIME));

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(result.overview()).isEqualTo(new DeploymentOverview(0, 0, size - 1, 1, 0));
    HostResult failed = result.hosts().get(1);
    assertThat(failed.status()).isEqualTo(HostStatus.FAILED);
    assertThat(failed.failedEvent()).isEqualTo(LifecycleEvent.VALIDATE_SERVICE);
    assertThat(Objects.requireNonNull(failed.diagnostics()).log())
        .contains("this host refuses version 1.1");
    assertInService("1.1");
    assertThat(sites).allSatisfy(DeploymentScenarios::stoppedTheOldAndValidatedTheNew);
    assertThat(sites).allSatisfy(this::hasItsFilesAsTheAppSpecSays);
  }

  @Test
  void half_at_a_time_fails_when_the_whole_first_half_fails_and_is_rolled_back()
      throws IOException {
    for (SampleSite site : sites.subList(0, size / 2)) {
      site.refuse("1.1");
    }

    Rollout rollout = start("1.1", DeploymentConfigs.HALF_AT_A_TIME);
    RolloutResult result = end(rollout);

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(Objects.requireNonNull(result.error()).code())
        .isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    assertThat(result.overview()).isEqualTo(new DeploymentOverview(0, 0, 0, size / 2, size / 2));
    assertRolledBack(rollout);
  }

  @Test
  void a_floor_of_all_but_one_stops_after_the_third_host_and_is_rolled_back() throws IOException {
    sites.get(2).refuse("1.1");
    DeploymentConfig allButOne =
        DeploymentConfig.custom("all-but-one", MinimumHealthyHosts.hostCount(size - 1));

    Rollout rollout = start("1.1", allButOne);
    RolloutResult result = end(rollout);

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(Objects.requireNonNull(result.error()).code())
        .isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    assertThat(result.overview()).isEqualTo(new DeploymentOverview(0, 0, 2, 1, size - 3));
    assertThat(result.hosts())
        .extracting(HostResult::status)
        .startsWith(HostStatus.SUCCEEDED, HostStatus.SUCCEEDED, HostStatus.FAILED)
        .endsWith(HostStatus.SKIPPED);
    assertRolledBack(rollout);
  }

  @Test
  void a_canary_that_a_gate_refuses_is_rolled_back_before_another_host_has_the_version()
      throws IOException {
    unwanted = "1.1";
    Rollout rollout =
        rollout("1.1")
            .config(DeploymentConfigs.HALF_AT_A_TIME)
            .waves(
                WaveStep.wave(WaveSize.count(1)).gate(GateReference.named("visitor")),
                WaveStep.wave(WaveSize.rest()))
            .plan()
            .start();

    RolloutResult result = end(rollout);

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(Objects.requireNonNull(result.error()).message()).contains("visitors see 1.1");
    assertThat(result.overview()).isEqualTo(new DeploymentOverview(0, 0, 1, 0, size - 1));
    assertThat(visited).containsExactly(fleet.hosts().get(0).address());
    assertRolledBack(rollout);
  }

  /** Asks the hosts that have the new version, as a visitor would. */
  private GateAnswer visit(GateQuestion question) {
    for (Host host : question.updated()) {
      visited.add(host.address());
      SampleSite site = sites.stream().filter(one -> isAt(one, host)).findFirst().orElseThrow();
      String seen = site.versionInService().orElse("nothing");
      if (seen.equals(unwanted)) {
        return GateAnswer.refused("visitors see " + seen);
      }
    }
    return GateAnswer.passed();
  }

  private boolean isAt(SampleSite site, Host host) {
    int position = sites.indexOf(site);
    return fleet.hosts().get(position).name().equals(host.id().value());
  }

  private Rollout start(String version, DeploymentConfig config) throws IOException {
    return rollout(version).config(config).plan().start();
  }

  private RolloutBuilder rollout(String version) throws IOException {
    return deployer
        .rollout("sample-web", "prod")
        .revision(Revision.localArchive(revision(version).writeTo(directory)))
        .to(hosts -> hosts.tag("role", "web"))
        .order(HostOrder.explicit(fleet.hosts().stream().map(h -> new HostId(h.name())).toList()))
        .autoRollback(AutoRollbackEvent.DEPLOYMENT_FAILURE);
  }

  private RolloutResult end(Rollout rollout) throws IOException {
    RolloutResult result =
        rollout
            .await(PATIENCE)
            .orElseThrow(() -> new AssertionError("not over: " + rollout.explain()));
    assertOnRecord(rollout, result);
    return result;
  }

  /** Writes the events as lines of JSON to where the build keeps its results, and reads them. */
  private void assertOnRecord(Rollout rollout, RolloutResult result) throws IOException {
    List<JournalEntry> entries = rollout.recorded().stream().map(JournalCodec::encode).toList();
    Path file = Path.of("target", "events", getClass().getSimpleName(), rollout.id() + ".jsonl");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, entries.stream().map(DeploymentScenarios::line).toList());
    assertThat(entries).extracting(JournalEntry::type).startsWith("RolloutStarted");
    assertThat(entries).extracting(JournalEntry::type).endsWith("RolloutEnded");
    assertThat(entries)
        .filteredOn(entry -> entry.type().equals("HostFinished"))
        .hasSize(size - result.overview().skipped());
    assertThat(entries.get(entries.size() - 1).json()).contains(result.status().name());
  }

  private static String line(JournalEntry entry) {
    return "{\"sequence\":%d,\"at\":\"%s\",\"kind\":\"%s\",\"event\":%s}"
        .formatted(entry.sequence(), entry.at(), entry.type(), entry.json());
  }

  private void assertRolledBack(Rollout rollout) throws IOException {
    Rollout rollback = rollout.rollback().orElseThrow();
    RolloutResult result = end(rollback);
    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(result.overview()).isEqualTo(new DeploymentOverview(0, 0, size, 0, 0));
    assertInService("1.0");
  }

  private void assertInService(String version) {
    assertThat(sites).allSatisfy(site -> assertThat(site.versionInService()).contains(version));
  }

  private static void stoppedTheOldAndValidatedTheNew(SampleSite site) throws IOException {
    try (Stream<Path> files = Files.walk(site.hostRoot())) {
      List<String> logs =
          files
              .filter(file -> file.endsWith("logs/scripts.log"))
              .map(DeploymentScenarios::text)
              .toList();
      assertThat(logs).anyMatch(log -> log.contains("no service to stop"));
      assertThat(logs)
          .anyMatch(
              log ->
                  log.contains("stopped process ")
                      && (log.contains("version 1.1 is in service") || log.contains("refuses")));
    }
  }

  private void hasItsFilesAsTheAppSpecSays(SampleSite site) throws IOException {
    Path home = site.hostRoot().resolve("srv/sample-web");
    assertThat(described(home.resolve("bin/serve"))).isEqualTo("rwxr-xr-x " + owner());
    assertThat(described(home.resolve("www/health"))).isEqualTo("rw-r--r-- " + owner());
    assertThat(described(home.resolve("www/VERSION"))).isEqualTo("rw-r--r-- " + owner());
  }

  private static String described(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
        + " "
        + Files.getOwner(file).getName()
        + ":"
        + Files.getAttribute(file, "posix:group");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }
}
