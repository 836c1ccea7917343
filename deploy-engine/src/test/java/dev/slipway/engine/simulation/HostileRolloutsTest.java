package dev.slipway.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.RolloutLimits;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Clocks;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.event.RollbackWish;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.DeploymentWindows;
import dev.slipway.guard.Freeze;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.guard.Pulse;
import dev.slipway.guard.WeeklyWindow;
import dev.slipway.strategy.FleetView;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyDecision;
import dev.slipway.strategy.WaveSize;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rollouts in which everything goes wrong that can: bad hosts, odd strategies, stops, crashes. A
 * failure is repeated by its seed; {@code -Dslipway.rounds=} asks for more of them.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostileRolloutsTest {

  private static final int ROLLOUTS_PER_SEED = 50;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("slipway.rounds", 20));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void every_rollout_ends_once_and_keeps_its_limits(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROLLOUTS_PER_SEED; i++) {
      long own = random.nextLong();
      try {
        play(new SplittableRandom(own));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("rollout %d of seed %d: %s".formatted(i, seed, e.getMessage()), e);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_snapshot_stands_for_all_events_before_it(long seed) {
    play(new SplittableRandom(seed)).readInTwoParts();
  }

  private static RolloutInvariants play(SplittableRandom random) {
    RolloutDefinition definition = definition(random);
    RolloutState created = RolloutState.created(definition);
    RolloutInvariants invariants = new RolloutInvariants(created, random.split());
    VirtualRun run =
        new VirtualRun(
            created,
            new RolloutCore("odd", strategy(random)),
            new UnreliableHosts(random.split(), random.nextInt(1, 40)),
            new OddChecks(random.split()),
            random.nextLong(),
            invariants);
    scheduleStops(run, random);
    schedulePauses(run, random);
    scheduleEnd(run);

    RolloutState end = run.run();

    assertThat(end.status().isTerminal()).as("it ends: %s", end.status()).isTrue();
    assertThat(invariants.ends()).isEqualTo(1);
    assertThat(invariants.replay()).isEqualTo(end);
    invariants.recount();
    return invariants;
  }

  private static void scheduleStops(VirtualRun run, SplittableRandom random) {
    for (int stops = random.nextInt(4) - 1; stops > 0; stops--) {
      Instant at = VirtualRun.START.plusSeconds(random.nextInt(1_200));
      Duration grace = random.nextBoolean() ? null : Duration.ofSeconds(random.nextInt(60));
      ErrorCode cause = random.nextBoolean() ? ErrorCode.MANUAL_STOP : ErrorCode.ALARM_ACTIVE;
      run.at(at, now -> new Input.Stop(now, cause, RollbackWish.AS_CONFIGURED, grace, "enough"));
    }
  }

  private static void schedulePauses(VirtualRun run, SplittableRandom random) {
    for (int requests = random.nextInt(6) - 2; requests > 0; requests--) {
      Instant at = VirtualRun.START.plusSeconds(random.nextInt(1_200));
      boolean rest = random.nextBoolean();
      run.at(at, now -> rest ? new Input.Pause(now, "lunch") : new Input.Resume(now, ""));
    }
  }

  /** Whatever rests is resumed in the end, again and again, and stopped if that does not help. */
  private static void scheduleEnd(VirtualRun run) {
    Instant patience = VirtualRun.START.plus(Duration.ofDays(3));
    for (int resumes = 0; resumes < 50; resumes++) {
      run.at(patience.plus(Duration.ofHours(resumes)), now -> new Input.Resume(now, ""));
    }
    run.at(
        patience.plus(Duration.ofDays(3)),
        now ->
            new Input.Stop(
                now, ErrorCode.MANUAL_STOP, RollbackWish.AS_CONFIGURED, Duration.ZERO, "enough"));
  }

  private static RolloutDefinition definition(SplittableRandom random) {
    List<ScheduledHost> hosts = new ArrayList<>();
    int zones = random.nextInt(1, 4);
    for (int zone = 0; zone < zones; zone++) {
      for (int i = random.nextInt(1, 14); i > 0; i--) {
        hosts.add(new ScheduledHost(new HostId("host-" + hosts.size()), "zone-" + zone, 0));
      }
    }
    return new RolloutDefinition(
        new DeploymentId("d-HOSTILE01"),
        random.nextInt(10) == 0 ? Creator.ROLLBACK : Creator.USER,
        hosts,
        new RolloutDefinition.Pace(
            config(random, hosts.size()),
            random.nextBoolean() ? Batching.WAVE : Batching.WINDOW,
            limits(random),
            random.nextInt(5) == 0
                ? new Clocks(
                    Duration.ofMinutes(5),
                    Duration.ofHours(1),
                    Duration.ofMinutes(random.nextInt(1, 30)),
                    Duration.ofSeconds(10))
                : Clocks.DEFAULT),
        new RolloutDefinition.Lifecycle(
            LifecycleEvent.IN_PLACE, random.nextBoolean(), random.nextInt(1, 4)),
        new RollbackPolicy(
            EnumSet.allOf(AutoRollbackEvent.class), new DeploymentId("d-HOSTILE02"), null),
        guards(random, hosts.size()));
  }

  private static Guards guards(SplittableRandom random, int hosts) {
    Guards guards = Guards.NONE;
    for (int checkpoints = random.nextInt(4) - 1; checkpoints > 0; checkpoints--) {
      guards = guards.with(checkpoint(random, hosts));
    }
    if (random.nextInt(5) == 0) {
      guards = guards.withHostGate(gate(random, "host-health"));
    }
    if (random.nextInt(5) == 0) {
      AlarmWatch alarms = AlarmWatch.of("alarms", "errors").every(Duration.ofSeconds(20));
      guards = guards.with(random.nextBoolean() ? alarms : alarms.ignoringPollFailure());
    }
    if (random.nextInt(5) == 0) {
      guards = guards.with(windows(random));
    }
    return random.nextInt(8) == 0
        ? guards.with(
            new Pulse(
                Duration.ofSeconds(random.nextInt(60, 2_000)),
                random.nextBoolean() ? Pulse.Silence.PAUSE : Pulse.Silence.STOP))
        : guards;
  }

  private static Checkpoint checkpoint(SplittableRandom random, int hosts) {
    Checkpoint checkpoint =
        switch (random.nextInt(4)) {
          case 0 -> Checkpoint.beforeAll();
          case 1 -> Checkpoint.afterEachWave();
          default -> Checkpoint.after(WaveSize.count(random.nextInt(1, hosts + 2)));
        };
    if (random.nextBoolean()) {
      checkpoint = checkpoint.bake(Duration.ofSeconds(random.nextInt(600)));
    }
    if (random.nextInt(3) == 0) {
      checkpoint = checkpoint.gate(gate(random, "fleet-health"));
    }
    if (random.nextInt(3) == 0) {
      checkpoint =
          checkpoint.approval(new Approval("", Duration.ofSeconds(random.nextInt(1, 3_000))));
    }
    return random.nextInt(5) == 0 ? checkpoint.paused() : checkpoint;
  }

  private static GateReference gate(SplittableRandom random, String name) {
    return GateReference.named(name).within(Duration.ofSeconds(random.nextInt(1, 300)));
  }

  private static DeploymentWindows windows(SplittableRandom random) {
    Instant from = VirtualRun.START.plusSeconds(random.nextInt(600));
    LocalTime open = LocalTime.of(random.nextInt(24), random.nextInt(60));
    return new DeploymentWindows(
        ZoneOffset.UTC,
        random.nextBoolean()
            ? List.of()
            : List.of(
                new WeeklyWindow(
                    EnumSet.allOf(DayOfWeek.class),
                    open,
                    open.plusMinutes(random.nextInt(1, 900)))),
        List.of(new Freeze(from, from.plusSeconds(random.nextInt(1, 3_000)), "")),
        random.nextBoolean()
            ? DeploymentWindows.Running.DRAIN
            : DeploymentWindows.Running.FINISH_WAVE);
  }

  private static DeploymentConfig config(SplittableRandom random, int hosts) {
    MinimumHealthyHosts floor =
        random.nextBoolean()
            ? MinimumHealthyHosts.percent(random.nextInt(100))
            : MinimumHealthyHosts.hostCount(random.nextInt(hosts));
    @Nullable ZonalConfig zonal =
        random.nextBoolean()
            ? null
            : ZonalConfig.of(
                null,
                Duration.ofSeconds(random.nextInt(300)),
                MinimumHealthyHosts.hostCount(random.nextInt(2)));
    return new DeploymentConfig("hostile", floor, zonal);
  }

  private static RolloutLimits limits(SplittableRandom random) {
    RolloutLimits limits = RolloutLimits.NONE;
    if (random.nextInt(4) == 0) {
      limits = limits.withMaxFailures(random.nextInt(3));
    }
    if (random.nextInt(4) == 0) {
      limits = limits.withMaxUnreachable(random.nextInt(3));
    }
    if (random.nextInt(6) == 0) {
      limits = limits.withMaxFailuresPerWave(random.nextInt(2));
    }
    if (random.nextInt(6) == 0) {
      limits = limits.withMaxFailuresPerZone(random.nextInt(3));
    }
    return random.nextInt(4) == 0 ? limits.withMaxParallel(random.nextInt(1, 4)) : limits;
  }

  private static Strategy strategy(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 2 -> Strategies.adaptive(1, 8);
      case 0 -> Strategies.waves(WaveSize.count(1), WaveSize.percent(40));
      case 1 -> new Odd(random.nextLong());
      default -> Strategies.asManyAsMay();
    };
  }

  /** Does something else each time, and yet depends on what it sees alone. */
  private record Odd(long seed) implements Strategy {

    @Override
    public StrategyDecision decide(FleetView fleet) {
      SplittableRandom random =
          new SplittableRandom(
              seed + fleet.started() * 31L + fleet.failed() * 7L + fleet.now().getEpochSecond());
      return switch (random.nextInt(40)) {
        case 0 -> new StrategyDecision.Finish("bored");
        case 1 -> throw new IllegalStateException("no idea");
        case 2 -> new StrategyDecision.Start(List.of(new HostId("elsewhere")));
        case 3 -> new StrategyDecision.Hold("tired");
        case 4 -> new StrategyDecision.Start(List.of(fleet.hosts().get(0).host()));
        case 5, 6, 7, 8, 9 ->
            new StrategyDecision.Hold("lunch", fleet.now().plusSeconds(random.nextInt(1, 600)));
        default -> new StrategyDecision.Start(fleet.nextPending(random.nextInt(1, 100)));
      };
    }
  }
}
