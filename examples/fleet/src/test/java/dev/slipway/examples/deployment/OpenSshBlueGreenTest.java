package dev.slipway.examples.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.domain.BlueGreenOptions;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.DeploymentStyle;
import dev.slipway.domain.Domain;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.LoadBalancerInfo;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.TagSelection;
import dev.slipway.engine.Slipway;
import dev.slipway.examples.fleet.Fleet;
import dev.slipway.examples.fleet.FleetHost;
import dev.slipway.examples.fleet.OpenSshFleet;
import dev.slipway.examples.sample.SampleRevision;
import dev.slipway.examples.sample.SampleSite;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostSelector;
import dev.slipway.fleet.TagFilter;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficOrder;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.transport.ssh.SshOptions;
import dev.slipway.transport.ssh.SshTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A switch of traffic between two blue and two green hosts behind OpenSSH's server, and back, seen
 * by those who ask the sample service over HTTP.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshBlueGreenTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path directory;

  private final Map<HostId, SampleSite> sites = new HashMap<>();
  private final Balancer balancer = new Balancer();
  private Fleet fleet;
  private Deployer deployer;

  /** Hands requests to the hosts that it knows, in turn. */
  private final class Balancer implements TrafficControl {

    private final Set<HostId> inService = new TreeSet<>();
    private HostId kept = new HostId("nobody");
    private int turn;

    @Override
    public synchronized void remove(List<Host> hosts, TrafficOrder order) {
      for (Host host : hosts) {
        if (host.id().equals(kept)) {
          throw new RequestException("the balancer keeps " + kept);
        }
      }
      hosts.forEach(host -> inService.remove(host.id()));
    }

    @Override
    public synchronized void add(List<Host> hosts, TrafficOrder order) {
      hosts.forEach(host -> inService.add(host.id()));
    }

    @Override
    public synchronized Map<HostId, TrafficState> states(List<Host> hosts) {
      Map<HostId, TrafficState> states = new LinkedHashMap<>();
      for (Host host : hosts) {
        states.put(
            host.id(),
            inService.contains(host.id()) ? TrafficState.IN_SERVICE : TrafficState.OUT_OF_SERVICE);
      }
      return states;
    }

    synchronized void keep(HostId host) {
      kept = host;
    }

    /** What a visitor sees: a version, or nothing when nobody answers. */
    Optional<String> visit() {
      SampleSite site;
      synchronized (this) {
        List<HostId> hosts = List.copyOf(inService);
        site = Objects.requireNonNull(sites.get(hosts.get(turn++ % hosts.size())));
      }
      return site.versionInService();
    }
  }

  @BeforeEach
  void deploy_to_the_blue_hosts() throws IOException {
    Optional<String> missing = OpenSshFleet.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    fleet = OpenSshFleet.start(directory.resolve("fleet"), 4);
    List<SampleSite> all = SampleSite.on(fleet);
    Map<HostId, String> colours = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      FleetHost host = fleet.hosts().get(i);
      sites.put(new HostId(host.name()), all.get(i));
      colours.put(new HostId(host.name()), i < 2 ? "blue" : "green");
    }
    OnPremInventory inventory = OnPremInventory.at(fleet.files().inventory());
    deployer =
        Slipway.builder()
            .state(directory.resolve("state"))
            .inventory(
                selector ->
                    inventory.snapshot(HostSelector.none().tag("role", "web")).stream()
                        .map(host -> coloured(host, colours.getOrDefault(host.id(), "")))
                        .filter(selector::matches)
                        .toList())
            .transport(SshTransport.with(SshOptions.DEFAULTS))
            .trafficControl("balancer", balancer)
            .trafficControl(TrafficReference.TARGET_GROUP, 1, name -> balancer)
            .hostTerminator(
                TerminatorReference.OF_DEPLOYMENT_GROUPS.name(), (hosts, key) -> end(hosts))
            .build();
    RolloutResult first = end(web("1.0", "blue").config(DeploymentConfigs.ALL_AT_ONCE));
    assertThat(first.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    fleet.hosts().subList(0, 2).forEach(host -> balancer.inService.add(new HostId(host.name())));
  }

  /** What is left of these hosts answers nobody. */
  private void end(List<Host> hosts) {
    try {
      SampleSite.stop(
          hosts.stream().map(host -> Objects.requireNonNull(sites.get(host.id()))).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Host coloured(Host host, String colour) {
    return new Host(
        host.id(), host.address(), host.zone(), Map.of("colour", colour), host.settings());
  }

  @AfterEach
  void leave_nothing_running() throws IOException {
    if (fleet == null) {
      return;
    }
    deployer.close();
    SampleSite.stop(List.copyOf(sites.values()));
    fleet.close();
  }

  @Test
  void visitors_see_the_new_version_and_then_the_old_one_again_and_never_nothing()
      throws IOException {
    assertThat(balancer.visit()).contains("1.0");

    Set<String> thereSeen = seenDuring(() -> end(switching("1.1", "green", "blue")));

    assertThat(thereSeen).isSubsetOf("1.0", "1.1");
    assertThat(balancer.visit()).contains("1.1");
    assertThat(balancer.visit()).contains("1.1");

    Set<String> backSeen = seenDuring(() -> end(switching("1.0", "blue", "green")));

    assertThat(backSeen).isSubsetOf("1.0", "1.1");
    assertThat(balancer.visit()).contains("1.0");
    assertThat(balancer.visit()).contains("1.0");
  }

  @Test
  void a_switch_that_fails_is_taken_back_without_installing_anything() throws IOException {
    HostId kept = new HostId(fleet.hosts().get(1).name());
    balancer.keep(kept);
    Rollout rollout =
        switching("1.1", "green", "blue")
            .autoRollback(AutoRollbackEvent.DEPLOYMENT_FAILURE)
            .plan()
            .start();

    RolloutResult result = rollout.await(PATIENCE).orElseThrow();
    RolloutResult back = rollout.rollback().orElseThrow().await(PATIENCE).orElseThrow();

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(result.hosts())
        .filteredOn(host -> host.host().equals(kept))
        .allSatisfy(host -> assertThat(host.reason()).contains("the balancer keeps"));
    assertThat(back.error()).isNull();
    assertThat(back.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(balancer.visit()).contains("1.0");
    assertThat(balancer.visit()).contains("1.0");
  }

  @Test
  void a_deployment_group_switches_in_the_same_way_and_ends_its_original_hosts()
      throws IOException {
    Domain domain = deployer.domain();
    domain.applications().create("sample-web");
    domain.deploymentGroups().create("sample-web", "prod", blueGreenGroup());

    Set<String> seen =
        seenDuring(
            () -> {
              DeploymentId id =
                  domain
                      .deployments()
                      .create(
                          DeploymentRequest.to("sample-web", "prod")
                              .revision(RevisionLocation.local(bundle("1.1").toString()))
                              .targetInstances(coloured("green"))
                              .build());
              return deployer.attach(id).await(PATIENCE).orElseThrow();
            });

    assertThat(seen).isSubsetOf("1.0", "1.1");
    assertThat(balancer.visit()).contains("1.1");
    assertThat(fleet.hosts().subList(0, 2))
        .allSatisfy(
            host ->
                assertThat(
                        Objects.requireNonNull(sites.get(new HostId(host.name())))
                            .versionInService())
                    .isEmpty());
    assertThat(domain.deploymentGroups().get("sample-web", "prod").settings().hosts())
        .isEqualTo(coloured("green"));
  }

  private static GroupSettings blueGreenGroup() {
    return GroupSettings.builder()
        .hosts(coloured("blue"))
        .style(
            new DeploymentStyle(
                DeploymentStyle.Type.BLUE_GREEN, DeploymentStyle.Option.WITH_TRAFFIC_CONTROL))
        .loadBalancers(new LoadBalancerInfo(List.of(), List.of("sample-web")))
        .blueGreen(
            new BlueGreenOptions(
                BlueGreenOptions.GreenFleet.DISCOVER_EXISTING,
                BlueGreenOptions.ReadyAction.CONTINUE_DEPLOYMENT,
                0,
                BlueGreenOptions.BlueFleet.TERMINATE,
                0))
        .build();
  }

  private static TagSelection coloured(String colour) {
    return TagSelection.anyOf(TagFilter.of("colour", colour));
  }

  /** What visitors see, again and again, while something is done; "nothing" if nobody answers. */
  private Set<String> seenDuring(Work work) throws IOException {
    AtomicBoolean goesOn = new AtomicBoolean(true);
    Set<String> seen = new ConcurrentSkipListSet<>();
    CompletableFuture<Void> visitor =
        CompletableFuture.runAsync(
            () -> {
              while (goesOn.get()) {
                seen.add(balancer.visit().orElse("nothing"));
              }
            });
    try {
      assertThat(work.run().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    } finally {
      goesOn.set(false);
      visitor.join();
    }
    return seen;
  }

  private interface Work {
    RolloutResult run() throws IOException;
  }

  private RolloutBuilder switching(String version, String to, String from) throws IOException {
    return web(version, to)
        .config(DeploymentConfigs.ONE_AT_A_TIME)
        .traffic(TrafficReference.to("balancer"))
        .blueGreen(BlueGreen.from(HostSelector.none().tag("colour", from)));
  }

  private Path bundle(String version) throws IOException {
    return SampleRevision.version(version).ownedBy("daemon", "daemon").writeTo(directory);
  }

  private RolloutBuilder web(String version, String colour) throws IOException {
    return deployer
        .rollout("sample-web", "prod")
        .revision(Revision.localArchive(bundle(version)))
        .to(hosts -> hosts.tag("colour", colour));
  }

  private static RolloutResult end(RolloutBuilder builder) {
    Rollout rollout = builder.plan().start();
    return rollout
        .await(PATIENCE)
        .orElseThrow(() -> new AssertionError("not over: " + rollout.explain()));
  }
}
