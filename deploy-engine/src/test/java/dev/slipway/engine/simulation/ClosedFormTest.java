package dev.slipway.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdict of a rollout follows from order and outcomes alone, whatever its timing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClosedFormTest {

  private static final int FLEETS_PER_SEED = 2_500;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_rollout_ends_as_the_closed_form_says(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < FLEETS_PER_SEED; i++) {
      SimulationSpec spec = randomSpec(random);

      SimulationResult inWaves = Simulation.run(spec.with(Batching.WAVE));
      SimulationResult inWindow = Simulation.run(spec.with(Batching.WINDOW));
      Verdict waved = Verdict.of(inWaves);
      Verdict windowed = Verdict.of(inWindow);

      assertThat(waved).as("seed %s, fleet %s: %s", seed, i, spec).isEqualTo(Verdict.closed(spec));
      assertThat(windowed).as("seed %s, fleet %s: %s", seed, i, spec).isEqualTo(waved);
      assertThat(starts(inWaves)).isSorted();
      assertThat(starts(inWindow)).isSorted();
    }
  }

  private static List<Integer> starts(SimulationResult result) {
    return result.waves().stream().flatMap(List::stream).toList();
  }

  private static SimulationSpec randomSpec(SplittableRandom random) {
    boolean zonal = random.nextInt(3) == 0;
    Map<String, Integer> zones = new TreeMap<>();
    for (int zone = zonal ? random.nextInt(1, 5) : 1; zone > 0; zone--) {
      zones.put("zone-" + zone, random.nextInt(zonal ? 1 : 0, zonal ? 8 : 25));
    }
    int hosts = zones.values().stream().mapToInt(Integer::intValue).sum();
    DeploymentConfig config = zonal ? zonalConfig(random, hosts) : config(random, hosts);
    NavigableSet<Integer> bad = new TreeSet<>();
    int in = random.nextInt(1, 12);
    for (int position = 1; position <= hosts; position++) {
      if (random.nextInt(in) == 0) {
        bad.add(position);
      }
    }
    SimulationSpec spec =
        SimulationSpec.ofZones(zones, config).failing(bad).seeded(random.nextLong());
    return checked(
        random,
        switch (random.nextInt(6)) {
          case 0 -> spec.with("waves", Strategies.waves(WaveSize.count(1), WaveSize.percent(30)));
          case 1 -> spec.with("adaptive", Strategies.adaptive(1, 6));
          default -> spec;
        });
  }

  /** What passes in the end changes when hosts start, and not how it ends. */
  private static SimulationSpec checked(SplittableRandom random, SimulationSpec spec) {
    Checkpoint checkpoint =
        random.nextBoolean()
            ? Checkpoint.afterEachWave()
            : Checkpoint.after(WaveSize.count(random.nextInt(1, 20)));
    return random.nextInt(4) == 0
        ? spec.with(
            Guards.NONE
                .with(
                    checkpoint
                        .bake(Duration.ofSeconds(random.nextInt(100)))
                        .gate(GateReference.named("metrics")))
                .withHostGate(GateReference.named("health")))
        : spec;
  }

  private static DeploymentConfig zonalConfig(SplittableRandom random, int hosts) {
    MinimumHealthyHosts perZone =
        random.nextBoolean()
            ? MinimumHealthyHosts.percent(random.nextInt(0, 60))
            : MinimumHealthyHosts.hostCount(random.nextInt(0, 3));
    return DeploymentConfig.custom("zonal", floor(random, hosts))
        .zonal("zonal", ZonalConfig.of(null, Duration.ofSeconds(random.nextInt(0, 100)), perZone));
  }

  private static DeploymentConfig config(SplittableRandom random, int hosts) {
    return random.nextInt(4) == 0
        ? DeploymentConfigs.ONE_AT_A_TIME
        : DeploymentConfig.custom("plain", floor(random, hosts));
  }

  private static MinimumHealthyHosts floor(SplittableRandom random, int hosts) {
    return random.nextBoolean()
        ? MinimumHealthyHosts.percent(random.nextInt(0, 100))
        : MinimumHealthyHosts.hostCount(random.nextInt(0, hosts + 2));
  }

  private record Verdict(String code, int succeeded, int failed, int skipped) {

    static Verdict of(SimulationResult result) {
      return new Verdict(
          code(result.error()), result.succeeded(), result.failed(), result.skipped());
    }

    private static String code(@Nullable ErrorInformation error) {
      return error == null ? "" : error.code().name();
    }

    /** Walks the hosts in order, without a thought for who runs beside whom. */
    static Verdict closed(SimulationSpec spec) {
      int hosts = spec.hosts();
      int floor = spec.config().minimumHealthyHosts().requiredOf(hosts);
      int budget = hosts - floor;
      if (hosts == 0) {
        return new Verdict("NO_INSTANCES", 0, 0, 0);
      }
      if (budget <= 0) {
        return new Verdict("HEALTH_CONSTRAINTS_INVALID", 0, 0, hosts);
      }
      ZonalConfig zonal = spec.config().zonalConfig();
      Map<String, Integer> zones = zonal == null ? Map.of("", hosts) : spec.zones();
      MinimumHealthyHosts perZone =
          zonal == null ? MinimumHealthyHosts.percent(0) : zonal.minimumHealthyHostsPerZone();
      for (int size : zones.values()) {
        if (size - perZone.requiredOf(size) <= 0) {
          return new Verdict("HEALTH_CONSTRAINTS_INVALID", 0, 0, hosts);
        }
      }
      return walk(spec, new TreeMap<>(zones), perZone, hosts, floor);
    }

    private static Verdict walk(
        SimulationSpec spec,
        TreeMap<String, Integer> zones,
        MinimumHealthyHosts perZone,
        int hosts,
        int floor) {
      int position = 0;
      int failed = 0;
      for (int size : zones.values()) {
        int failedInZone = 0;
        for (int inZone = 1; inZone <= size; inZone++) {
          position++;
          if (!spec.failures().containsKey(position)) {
            continue;
          }
          failed++;
          failedInZone++;
          boolean spent = failed == hosts - floor && position < hosts;
          boolean zoneSpent = failedInZone == size - perZone.requiredOf(size) && inZone < size;
          if (spent || zoneSpent) {
            return new Verdict("HEALTH_CONSTRAINTS", position - failed, failed, hosts - position);
          }
        }
      }
      int succeeded = hosts - failed;
      String code = succeeded >= Math.max(floor, 1) ? "" : "HEALTH_CONSTRAINTS";
      return new Verdict(code, succeeded, failed, 0);
    }
  }
}
