package dev.slipway.testkit.fleet;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.OnConflict;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.strategy.HostView;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyDecision;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A small fleet and one to three deployments to it, drawn from a seed. */
record RandomFleet(FleetSim sim, List<FleetDeployment> deployments) {

  private static final LifecycleEvent[][] LIFECYCLES = {
    {LifecycleEvent.INSTALL},
    {LifecycleEvent.APPLICATION_STOP, LifecycleEvent.INSTALL},
    {LifecycleEvent.DOWNLOAD_BUNDLE, LifecycleEvent.INSTALL, LifecycleEvent.VALIDATE_SERVICE},
  };

  /** Strategies that want everything at once, nobody, somebody else, or fail. */
  private static final List<Strategy> HOSTILE =
      List.of(
          fleet -> new StrategyDecision.Start(fleet.nextPending(Integer.MAX_VALUE)),
          fleet -> new StrategyDecision.Start(fleet.hosts().stream().map(HostView::host).toList()),
          fleet -> new StrategyDecision.Hold("tired"),
          fleet -> new StrategyDecision.Hold("later", fleet.now().plusSeconds(40)),
          fleet -> new StrategyDecision.Start(List.of()),
          fleet -> new StrategyDecision.Start(List.of(new HostId("elsewhere"))),
          fleet -> {
            throw new IllegalStateException("no idea");
          });

  static RandomFleet of(long seed) {
    SplittableRandom random = new SplittableRandom(~seed);
    List<HostId> hosts =
        IntStream.rangeClosed(1, random.nextInt(3, 10))
            .mapToObj(number -> new HostId("host-" + number))
            .toList();
    FleetSim sim = FleetSim.of(hosts).faults(Fault.values()).seed(seed);
    List<FleetDeployment> deployments = new ArrayList<>();
    deployments.add(deployment(random, "web", hosts));
    if (random.nextInt(3) == 0) {
      deployments.add(
          deployment(random, "db", hosts.subList(hosts.size() / 2 - 1, hosts.size()))
              .startAfter(Duration.ofSeconds(random.nextInt(30))));
    }
    if (random.nextInt(4) == 0) {
      deployments.add(
          deployment(random, "web", hosts).startAfter(Duration.ofSeconds(random.nextInt(60))));
    }
    around(new SplittableRandom(seed * 31), deployments);
    traffic(new SplittableRandom(seed * 37), hosts, deployments);
    return new RandomFleet(sim, deployments);
  }

  /** How deployments of one group get along, and how they are rolled back. */
  private static void around(SplittableRandom random, List<FleetDeployment> deployments) {
    OnConflict[] policies = OnConflict.values();
    for (FleetDeployment deployment : deployments) {
      deployment.onConflict(policies[random.nextInt(policies.length)]);
      if (random.nextInt(3) == 0) {
        deployment.rollback(
            new RollbackOptions(
                RollbackOptions.Scope.CHANGED,
                random.nextBoolean(),
                random.nextInt(4) == 0 ? "the schema has changed" : null));
      }
    }
  }

  /** One fleet in six is deployed to around traffic, and one in six is blue/green. */
  private static void traffic(
      SplittableRandom random, List<HostId> hosts, List<FleetDeployment> deployments) {
    switch (random.nextInt(6)) {
      case 0 ->
          deployments.replaceAll(
              deployment ->
                  deployment.group.equals("web") ? aroundTraffic(deployment) : deployment);
      case 1 -> deployments.set(0, blueGreen(random, hosts));
      default -> {}
    }
  }

  private static FleetDeployment aroundTraffic(FleetDeployment deployment) {
    return deployment.events(
        LifecycleEvent.BEFORE_BLOCK_TRAFFIC,
        LifecycleEvent.BLOCK_TRAFFIC,
        LifecycleEvent.INSTALL,
        LifecycleEvent.VALIDATE_SERVICE,
        LifecycleEvent.ALLOW_TRAFFIC,
        LifecycleEvent.AFTER_ALLOW_TRAFFIC);
  }

  /** In a group of its own. */
  private static FleetDeployment blueGreen(SplittableRandom random, List<HostId> hosts) {
    int originals = random.nextInt(1, hosts.size() - 1);
    FleetDeployment deployment =
        deployment(random, "shop", hosts.subList(0, hosts.size() - originals)).to(hosts);
    boolean waits = random.nextInt(3) == 0;
    deployment.blueGreen(originals, waits ? Duration.ofSeconds(random.nextInt(1, 600)) : null);
    if (waits && random.nextInt(4) > 0) {
      deployment.switchAfter(Duration.ofSeconds(random.nextInt(400)));
    }
    if (random.nextBoolean()) {
      deployment.terminatingAfter(Duration.ofSeconds(random.nextInt(600)));
    }
    if (random.nextInt(3) == 0) {
      deployment.terminateAfter(Duration.ofSeconds(random.nextInt(600)));
    }
    return random.nextInt(3) == 0
        ? deployment.failing(
            hosts.get(random.nextInt(hosts.size())),
            random.nextBoolean()
                ? LifecycleEvent.AFTER_ALLOW_TRAFFIC
                : LifecycleEvent.AFTER_BLOCK_TRAFFIC)
        : deployment;
  }

  FleetReport run() {
    return sim.run(deployments.toArray(FleetDeployment[]::new));
  }

  private static FleetDeployment deployment(
      SplittableRandom random, String group, List<HostId> hosts) {
    FleetDeployment deployment =
        FleetDeployment.of(DeploymentConfig.custom("random", floor(random, hosts.size())))
            .group(group)
            .to(hosts)
            .batching(random.nextInt(3) == 0 ? Batching.WINDOW : Batching.WAVE)
            .events(LIFECYCLES[random.nextInt(LIFECYCLES.length)]);
    if (random.nextBoolean()) {
      deployment.autoRollback(
          AutoRollbackEvent.DEPLOYMENT_FAILURE, AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST);
    }
    if (random.nextInt(4) == 0) {
      deployment.strategy(
          random.nextBoolean()
              ? Strategies.waves(WaveSize.count(1), WaveSize.percent(50))
              : Strategies.adaptive(1, 4));
    } else if (random.nextInt(12) == 0) {
      deployment.strategy(HOSTILE.get(random.nextInt(HOSTILE.size())));
    }
    if (random.nextInt(4) == 0) {
      deployment.limits(RolloutLimits.NONE.withMaxParallel(random.nextInt(1, 4)));
    }
    if (random.nextInt(3) == 0) {
      deployment.downloadAttempts(2);
    }
    if (random.nextInt(3) == 0) {
      deployment.retried();
    }
    for (int bad = random.nextInt(3); bad > 0; bad--) {
      deployment.failing(
          hosts.get(random.nextInt(hosts.size())),
          deployment.events.get(random.nextInt(deployment.events.size())));
    }
    ask(random, deployment);
    if (random.nextInt(3) == 0) {
      guard(random, deployment, hosts.size());
    }
    return deployment;
  }

  private static void guard(SplittableRandom random, FleetDeployment deployment, int hosts) {
    Guards guards = Guards.NONE;
    Checkpoint checkpoint =
        switch (random.nextInt(3)) {
          case 0 -> Checkpoint.beforeAll();
          case 1 -> Checkpoint.afterEachWave();
          default -> Checkpoint.after(WaveSize.count(random.nextInt(1, hosts + 1)));
        };
    checkpoint = checkpoint.bake(Duration.ofSeconds(random.nextInt(90)));
    if (random.nextBoolean()) {
      checkpoint = checkpoint.gate(GateReference.named("fleet").within(Duration.ofMinutes(2)));
    }
    if (random.nextInt(3) == 0) {
      checkpoint = checkpoint.approval(new Approval("", Duration.ofMinutes(random.nextInt(1, 20))));
      deployment.approveAfter(Duration.ofSeconds(random.nextInt(300)));
      if (random.nextInt(4) == 0) {
        deployment.rejectAfter(Duration.ofSeconds(random.nextInt(300)));
      }
    }
    guards = guards.with(checkpoint);
    if (random.nextInt(3) == 0) {
      guards = guards.withHostGate(GateReference.named("host").within(Duration.ofMinutes(1)));
    }
    if (random.nextInt(3) == 0) {
      AlarmWatch alarms = AlarmWatch.of("alarms", "errors").every(Duration.ofSeconds(10));
      guards = guards.with(random.nextBoolean() ? alarms : alarms.ignoringPollFailure());
    }
    deployment
        .guards(guards)
        .check("fleet", answers(random))
        .check("host", answers(random))
        .check("alarms", answers(random));
  }

  /** Well, or for a while not well, not to be told, or not to be asked. */
  private static FleetDeployment.FleetCheck answers(SplittableRandom random) {
    long from = random.nextInt(240);
    long to = from + random.nextInt(60);
    int what = random.nextInt(6);
    return time -> {
      if (time.toSeconds() < from || time.toSeconds() >= to) {
        return GateAnswer.Kind.PASSED;
      }
      return switch (what) {
        case 0 -> GateAnswer.Kind.REFUSED;
        case 1 -> throw new IllegalStateException("away");
        case 2, 3 -> GateAnswer.Kind.NOT_YET;
        default -> GateAnswer.Kind.PASSED;
      };
    };
  }

  private static void ask(SplittableRandom random, FleetDeployment deployment) {
    if (random.nextInt(3) == 0) {
      deployment.stopAfter(Duration.ofMillis(random.nextInt(60_000)));
    }
    if (random.nextInt(4) == 0) {
      deployment.stopAfter(
          Duration.ofMillis(random.nextInt(60_000)), Duration.ofSeconds(random.nextInt(10)));
    }
    if (random.nextInt(4) == 0) {
      deployment.pauseAfter(
          Duration.ofMillis(random.nextInt(60_000)), Duration.ofSeconds(random.nextInt(120)));
    }
  }

  private static MinimumHealthyHosts floor(SplittableRandom random, int hosts) {
    return switch (random.nextInt(3)) {
      case 0 -> MinimumHealthyHosts.percent(random.nextInt(20, 90));
      case 1 -> MinimumHealthyHosts.hostCount(random.nextInt(0, hosts));
      default -> MinimumHealthyHosts.hostCount(hosts - 1);
    };
  }
}
