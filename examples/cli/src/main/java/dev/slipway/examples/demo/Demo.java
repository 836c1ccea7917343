package dev.slipway.examples.demo;

import static dev.slipway.deployment.AutoRollbackEvent.DEPLOYMENT_FAILURE;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.Slipway;
import dev.slipway.examples.cli.Console;
import dev.slipway.examples.sample.SampleRevision;
import dev.slipway.examples.sample.SampleSite;
import dev.slipway.examples.screen.RolloutScreen;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.transport.ssh.SshOptions;
import dev.slipway.transport.ssh.SshTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The story: a first revision, one with a bad host, a bad revision, and the way back. */
final class Demo {

  private static final Duration AT_MOST = Duration.ofMinutes(5);

  private final Console console;
  private final Path directory;
  private final Deployer deployer;
  private final List<SampleSite> sites;

  private Demo(Console console, Path directory, Deployer deployer, List<SampleSite> sites) {
    this.console = console;
    this.directory = directory;
    this.deployer = deployer;
    this.sites = sites;
  }

  /**
   * Tells the story.
   *
   * @return whether everything went as it must
   */
  static boolean run(Console console, DemoStage stage) throws IOException {
    try (Deployer deployer =
        Slipway.builder()
            .inventory(OnPremInventory.at(stage.fleet().files().inventory()))
            .transport(SshTransport.with(SshOptions.DEFAULTS))
            .state(stage.directory().resolve("state"))
            .build()) {
      return new Demo(console, stage.directory(), deployer, stage.sites()).tell();
    }
  }

  private boolean tell() throws IOException {
    say("Eight SSH servers run in this process. Version 1.0 goes to all of them at once.");
    RolloutResult first = follow(rollout(version("1.0")).config(DeploymentConfigs.ALL_AT_ONCE));

    say(
        "Version 1.1, half at a time: of 8 hosts 4 must stay healthy, so 4 may be off or failed."
            + " The service on web-02 refuses 1.1; that is within the budget.");
    sites.get(1).refuse("1.1");
    RolloutResult second = follow(rollout(version("1.1")).config(DeploymentConfigs.HALF_AT_A_TIME));

    say(
        "web-02 is mended. Version 1.2 is bad everywhere. All but one host must stay healthy, and"
            + " web-01 goes first.");
    sites.get(1).refuse();
    RolloutResult third =
        follow(
            rollout(SampleRevision.version("1.2").unhealthy())
                .minimumHealthy(MinimumHealthyHosts.hostCount(sites.size() - 1))
                .order(HostOrder.explicit(List.of(new HostId("web-01"))))
                .autoRollback(DEPLOYMENT_FAILURE));

    List<String> versions =
        sites.stream().map(site -> site.versionInService().orElse("none")).toList();
    say("What answers on web-01 to web-08 now: " + String.join(" ", versions));
    return first.status() == DeploymentStatus.SUCCEEDED
        && second.status() == DeploymentStatus.SUCCEEDED
        && second.overview().failed() == 1
        && third.status() == DeploymentStatus.FAILED
        && third.overview().skipped() == sites.size() - 1
        && versions.stream().allMatch("1.1"::equals);
  }

  private static SampleRevision version(String version) {
    return SampleRevision.version(version);
  }

  private RolloutBuilder rollout(SampleRevision revision) throws IOException {
    return deployer
        .rollout("sample-web", "demo")
        .revision(Revision.localArchive(revision.writeTo(directory)))
        .to(hosts -> hosts.tag("role", "web"));
  }

  private RolloutResult follow(RolloutBuilder builder) {
    Plan plan = builder.plan();
    List<HostId> hosts = plan.hosts().stream().map(Host::id).toList();
    Rollout rollout = plan.start();
    RolloutResult result = show(rollout, hosts);
    rollout
        .rollback()
        .ifPresent(
            rollback -> {
              say("The last revision that worked comes back by itself.");
              show(rollback, hosts);
            });
    return result;
  }

  private RolloutResult show(Rollout rollout, List<HostId> hosts) {
    RolloutScreen screen = new RolloutScreen(console, hosts);
    rollout.onEvent(screen);
    RolloutResult result =
        rollout
            .await(AT_MOST)
            .orElseThrow(() -> new IllegalStateException(rollout.id() + " is not over in time"));
    screen.awaitEnd();
    return result;
  }

  private void say(String text) {
    console.out().println();
    console.out().println(text);
    console.out().flush();
  }
}
