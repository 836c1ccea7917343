package dev.slipway.examples.cli;

import dev.slipway.Deployer;
import dev.slipway.deployment.OnConflict;
import dev.slipway.examples.cli.file.RolloutFile;
import dev.slipway.failure.RequestException;
import dev.slipway.preflight.Preflight;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutOptions;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.rollout.RolloutSummary;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.strategy.StrategyReference;
import java.util.ArrayList;
import java.util.List;

/** A rollout file, ready to be planned and perhaps started. */
final class Deployment implements AutoCloseable {

  private final OpenState state;
  private final RolloutSpec spec;

  private Deployment(OpenState state, RolloutSpec spec) {
    this.state = state;
    this.spec = spec;
  }

  /** Opens what a rollout file names, for planning. Nothing is written. */
  static Deployment looking(RolloutFile file, StateDirectory state) {
    RolloutSpec spec = file.spec();
    return new Deployment(OpenState.looking(state, Transports.reached(file)), spec);
  }

  /** Opens what a rollout file names, for deploying what was planned. */
  static OpenState driving(RolloutFile file, StateDirectory state) {
    return OpenState.driving(state, Transports.reached(file));
  }

  /**
   * Returns what would be done.
   *
   * @param preflight whether hosts are looked at before, also when the file does not say so
   */
  Plan plan(boolean preflight) {
    RolloutOptions options = spec.options();
    return plan(
        preflight && options.preflight() == null
            ? options.withPreflight(Preflight.DEFAULT)
            : options);
  }

  private Plan plan(RolloutOptions options) {
    return plan(state.deployer(), spec, options);
  }

  /** Returns what a deployer would do. */
  static Plan plan(Deployer deployer, RolloutSpec spec, RolloutOptions options) {
    RolloutBuilder rollout =
        deployer
            .rollout(spec.application(), spec.deploymentGroup())
            .revision(spec.revision())
            .to(spec.hosts().selector())
            .order(spec.hosts().order())
            .config(spec.pace().config())
            .batching(spec.pace().batching())
            .limits(spec.pace().limits())
            .guards(spec.guards())
            .options(options);
    if (!spec.pace().strategy().equals(StrategyReference.AS_MANY_AS_MAY)) {
      rollout.strategy(spec.pace().strategy());
    }
    TrafficReference control = spec.traffic().control();
    if (control != null) {
      rollout.traffic(control);
    }
    BlueGreen blueGreen = spec.traffic().blueGreen();
    if (blueGreen != null) {
      rollout.blueGreen(blueGreen);
    }
    return rollout.plan();
  }

  /**
   * Returns the unfinished rollouts of other groups that nobody drives.
   *
   * @throws RequestException if the group of the rollout file has an unfinished rollout, and the
   *     file does not say what becomes of another one
   */
  List<RolloutSummary> leftAlone() {
    List<RolloutSummary> leftAlone = new ArrayList<>();
    for (Rollout rollout : state.deployer().unfinished()) {
      RolloutSummary other = rollout.summary();
      boolean isDriven = rollout.isDriven();
      if (isOfSameGroup(other) && spec.options().onConflict() == OnConflict.REJECT) {
        throw new RequestException(
            "deployment group %s/%s has the unfinished rollout %s, %s"
                .formatted(
                    spec.application(), spec.deploymentGroup(), other.id(), remedy(isDriven)));
      }
      if (!isDriven) {
        leftAlone.add(other);
      }
    }
    return leftAlone;
  }

  private boolean isOfSameGroup(RolloutSummary other) {
    return other.application().equals(spec.application())
        && other.deploymentGroup().equals(spec.deploymentGroup());
  }

  private static String remedy(boolean isDriven) {
    return isDriven
        ? "which another process drives; wait for its end (slipway events --follow), or stop it"
        : "whose process is gone; go on with it (slipway continue), after a stop if need be";
  }

  @Override
  public void close() {
    state.close();
  }
}
