package dev.slipway.benchmarks;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.Slipway;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.transport.ssh.ConnectionPolicy;
import dev.slipway.transport.ssh.SshOptions;
import dev.slipway.transport.ssh.SshTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The deployer, to all hosts at once. */
final class SlipwayPush implements Contender, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final String name;
  private final Deployer deployer;
  private final int size;
  private final Path bundle;

  private SlipwayPush(String name, Deployer deployer, int size, Path bundle) {
    this.name = name;
    this.deployer = deployer;
    this.size = size;
    this.bundle = bundle;
  }

  /**
   * Makes one.
   *
   * @param idle how long connections are kept from one deployment to the next
   */
  static SlipwayPush to(Ground ground, String name, Path bundle, Duration idle) throws IOException {
    String roots = name.replace(' ', '-').replace(",", "");
    Path inventory = ground.inventory(roots);
    Deployer deployer =
        Slipway.builder()
            .state(ground.directory().resolve(roots + "-state"))
            .inventory(OnPremInventory.at(inventory))
            .transport(
                SshTransport.with(
                    SshOptions.DEFAULTS
                        .withThreads(ground.size())
                        .withMaxRevisions(2)
                        .withConnections(ConnectionPolicy.DEFAULTS.withIdle(idle))))
            .build();
    return new SlipwayPush(name, deployer, ground.size(), bundle);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double push() throws IOException {
    return push(bundle);
  }

  double push(Path what) throws IOException {
    double begin = Stopwatch.cpuSeconds();
    RolloutResult result =
        deployer
            .rollout("push", "benchmark")
            .revision(Revision.localArchive(what))
            .to(hosts -> hosts.tag("role", "web"))
            .config(DeploymentConfigs.ALL_AT_ONCE)
            .plan()
            .start()
            .await(PATIENCE)
            .orElseThrow();
    if (result.status() != DeploymentStatus.SUCCEEDED || result.overview().succeeded() != size) {
      throw new IOException("the deployment did not succeed: " + result);
    }
    return Stopwatch.cpuSeconds() - begin;
  }

  @Override
  public void close() {
    deployer.close();
  }
}
