package dev.slipway.engine.simulation;

import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Clocks;
import dev.slipway.engine.core.Decision;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.WaveStarted;
import dev.slipway.fleet.HostId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a rollout of a modelled fleet on virtual time: what would happen, in an instant and without
 * a host. A rollout may take as long as it takes: how long events take is made up, so CodeDeploy's
 * 12 hours do not apply.
 */
public final class Simulation {

  private static final DeploymentId DEPLOYMENT = new DeploymentId("d-SIMULATED");
  private static final DeploymentId ROLLBACK = new DeploymentId("d-SIMULATEB");

  // The durations are made up, so a limit to their sum would only disturb the answer.
  private static final Clocks CLOCKS =
      new Clocks(
          Clocks.DEFAULT.acknowledgement(),
          Clocks.DEFAULT.event(),
          Duration.ofDays(36_500),
          Clocks.DEFAULT.forcedEnd());

  private Simulation() {}

  /** Simulates a rollout to its end. */
  public static SimulationResult run(SimulationSpec spec) {
    return run(spec, SteadyHosts.Durations.seeded(spec.seed()));
  }

  /** Simulates a rollout whose events take as long as is said. */
  static SimulationResult run(SimulationSpec spec, SteadyHosts.Durations durations) {
    Recorder recorder = new Recorder(RolloutState.created(definition(spec)));
    VirtualRun run =
        new VirtualRun(
            recorder.state,
            new RolloutCore(spec.strategyName(), spec.strategy()),
            new SteadyHosts(spec.failures(), durations),
            new SteadyChecks(spec.refusing()),
            spec.seed(),
            recorder::see);
    run.run();
    return recorder.result();
  }

  /** The rollout that a specification describes. */
  static RolloutDefinition definition(SimulationSpec spec) {
    return new RolloutDefinition(
        DEPLOYMENT,
        Creator.USER,
        hosts(spec),
        new RolloutDefinition.Pace(spec.config(), spec.batching(), spec.limits(), CLOCKS),
        spec.traffic()
            .around(
                new RolloutDefinition.Lifecycle(
                    LifecycleEvent.IN_PLACE, spec.ignoreApplicationStopFailures(), 1)),
        new RollbackPolicy(Set.of(), ROLLBACK, null),
        spec.guards());
  }

  private static List<ScheduledHost> hosts(SimulationSpec spec) {
    List<ScheduledHost> hosts = new ArrayList<>();
    spec.zones()
        .forEach(
            (zone, count) -> {
              for (int i = 0; i < count; i++) {
                hosts.add(new ScheduledHost(new HostId("host-" + (hosts.size() + 1)), zone, 0));
              }
            });
    Integer originals = spec.traffic().originals();
    for (int i = 1; originals != null && i <= originals; i++) {
      hosts.add(new ScheduledHost(new HostId("original-" + i), "", 0));
    }
    return hosts;
  }

  /** Keeps what the answer needs of a run. */
  private static final class Recorder implements EventVisitor {

    private final List<List<Integer>> waves = new ArrayList<>();
    private RolloutState state;
    private long events;
    private Duration took = Duration.ZERO;
    private @Nullable RolloutEnded ended;

    Recorder(RolloutState created) {
      this.state = created;
    }

    List<Effect> see(Decision decision) {
      state = decision.state();
      events += decision.events().size();
      boolean wasOver = ended != null;
      decision.events().forEach(event -> event.accept(this));
      if (!wasOver) {
        took = Duration.between(VirtualRun.START, decision.at());
      }
      return decision.effects();
    }

    @Override
    public void waveStarted(WaveStarted event) {
      waves.add(
          event.hosts().stream().map(host -> state.positionOf(host).orElseThrow() + 1).toList());
    }

    @Override
    public void rolloutEnded(RolloutEnded event) {
      ended = event;
    }

    SimulationResult result() {
      if (ended == null) {
        throw new IllegalStateException("the simulated rollout did not end");
      }
      int hosts = state.numbers().hosts();
      DeploymentOverview overview = ended.overview();
      return new SimulationResult(
          ended.status(),
          ended.error(),
          hosts == 0 ? null : state.numbers().minimumHealthy(),
          hosts == 0 ? null : state.numbers().failureBudget(),
          overview.succeeded(),
          overview.failed(),
          overview.skipped(),
          waves,
          took.toMillis() / 1000.0,
          events);
    }
  }
}
