package dev.slipway.examples.cli;

import dev.slipway.Deployer;
import dev.slipway.engine.Slipway;
import dev.slipway.engine.SlipwayBuilder;
import dev.slipway.engine.inprocess.InProcessTransport;
import dev.slipway.examples.cli.file.RolloutFile;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.spi.transport.Transport;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.transport.ssh.SshOptions;
import dev.slipway.transport.ssh.SshTransport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A rollout file, ready to be planned and started. */
final class Deployment implements AutoCloseable {

  private final Deployer deployer;
  private final RolloutSpec spec;

  private Deployment(Deployer deployer, RolloutSpec spec) {
    this.deployer = deployer;
    this.spec = spec;
  }

  /**
   * Opens what a rollout file names. Nothing is written before a plan is started.
   *
   * @param state where bundles and the history of groups are kept, if not in the usual place
   */
  static Deployment open(RolloutFile file, Optional<Path> state, Map<String, String> environment) {
    RolloutSpec spec = file.spec();
    SlipwayBuilder builder = Slipway.builder().inventory(file.requiredHosts().open());
    Path directory = state.orElseGet(() -> usualState(environment));
    Transport transport =
        switch (file.transport()) {
          case SSH -> SshTransport.with(SshOptions.DEFAULTS);
          case IN_PROCESS -> InProcessTransport.below(directory.resolve("hosts"));
        };
    return new Deployment(builder.transport(transport).state(directory).build(), spec);
  }

  /** Returns what would be done. */
  Plan plan() {
    RolloutBuilder rollout =
        deployer
            .rollout(spec.application(), spec.deploymentGroup())
            .revision(spec.revision())
            .to(spec.hosts().selector())
            .order(spec.hosts().order())
            .config(spec.pace().config())
            .batching(spec.pace().batching())
            .limits(spec.pace().limits())
            .options(spec.options());
    if (!spec.pace().strategy().equals(StrategyReference.AS_MANY_AS_MAY)) {
      rollout.strategy(spec.pace().strategy());
    }
    return rollout.plan();
  }

  @Override
  public void close() {
    deployer.close();
  }

  private static Path usualState(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    return xdg.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".local", "state", "slipway")
        : Path.of(xdg, "slipway");
  }
}
