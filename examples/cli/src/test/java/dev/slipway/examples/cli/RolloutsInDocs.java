package dev.slipway.examples.cli;

import static dev.slipway.guard.WaveStep.wave;
import static dev.slipway.strategy.WaveSize.count;
import static dev.slipway.strategy.WaveSize.percent;
import static dev.slipway.strategy.WaveSize.rest;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.RolloutLimits;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.HostStatus;
import dev.slipway.fleet.HostOrder;
import dev.slipway.fleet.HostSelector;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.GateReference;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.strategy.FleetView;
import dev.slipway.strategy.HostView;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyDecision;
import java.time.Duration;
import java.util.List;

/** The rollouts of docs/rollouts.md in Java; what stands there is what stands here. */
final class RolloutsInDocs {

  private RolloutsInDocs() {}

  static RolloutBuilder oneBox(RolloutBuilder rollout) {
    return rollout
        .order(HostOrder.BY_NAME)
        .config(DeploymentConfigs.HALF_AT_A_TIME)
        .waves(wave(count(1)).bake(Duration.ofMinutes(10)), wave(rest()))
        .hostGate(GateReference.named("http").with("http://{host}:8080/health"))
        .autoRollback(AutoRollbackEvent.DEPLOYMENT_FAILURE);
  }

  static RolloutBuilder growingWaves(RolloutBuilder rollout) {
    return rollout
        .order(HostOrder.ACROSS_ZONES)
        .minimumHealthy(MinimumHealthyHosts.percent(75))
        .waves(
            wave(count(1)).bake(Duration.ofMinutes(5)),
            wave(percent(5)).bake(Duration.ofMinutes(5)),
            wave(percent(25)).bake(Duration.ofMinutes(15)),
            wave(rest()))
        .limits(RolloutLimits.NONE.withMaxFailures(2).withMaxFailuresPerZone(1))
        .alarms(
            new AlarmWatch(
                "command",
                1,
                "./alarms.sh",
                List.of("errors", "latency"),
                false,
                Duration.ofMinutes(1)));
  }

  static RolloutBuilder zoneByZone(RolloutBuilder rollout) {
    return rollout
        .order(HostOrder.BY_NAME)
        .config(
            new DeploymentConfig(
                "zone-by-zone",
                MinimumHealthyHosts.percent(60),
                ZonalConfig.of(
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(5),
                    MinimumHealthyHosts.percent(25))))
        .checkpoint(
            Checkpoint.afterEachWave()
                .gate(GateReference.named("command").with("./smoke-test.sh")));
  }

  static RolloutBuilder canary(RolloutBuilder rollout) {
    return rollout
        .order(HostOrder.byRisk("risk"))
        .config(DeploymentConfigs.HALF_AT_A_TIME)
        .waves(
            wave(count(2))
                .bake(Duration.ofHours(1))
                .gate(GateReference.named("command").with("./error-rate.sh"))
                .approval(new Approval("is the canary well?", Duration.ofDays(1))),
            wave(rest()))
        .autoRollback(
            AutoRollbackEvent.DEPLOYMENT_FAILURE, AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST);
  }

  static RolloutBuilder blueGreen(RolloutBuilder rollout) {
    return rollout
        .order(HostOrder.BY_NAME)
        .config(DeploymentConfigs.HALF_AT_A_TIME)
        .traffic(new TrafficReference("command", 1, "./balancer.sh"))
        .blueGreen(new BlueGreen(HostSelector.none().tag("colour", "blue"), Duration.ofHours(4)))
        .autoRollback(AutoRollbackEvent.DEPLOYMENT_FAILURE);
  }

  /** Hosts that already run the revision go last, and one at a time. */
  record CurrentHostsLast() implements Strategy {

    private static final int CURRENT = 3;

    @Override
    public StrategyDecision decide(FleetView fleet) {
      long old = fleet.hosts().stream().filter(CurrentHostsLast::isWaiting).count();
      if (old > 0) {
        return new StrategyDecision.Start(
            fleet.nextPending((int) Math.min(old, fleet.freeSlots())));
      }
      return fleet.inFlight() > 0
          ? new StrategyDecision.Hold("hosts that are up to date go one at a time")
          : new StrategyDecision.Start(fleet.nextPending(1));
    }

    private static boolean isWaiting(HostView host) {
      return host.rank() < CURRENT && host.status() == HostStatus.PENDING;
    }
  }
}
