package dev.slipway.examples.cli.file;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.RolloutLimits;
import dev.slipway.config.ZonalConfig;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import dev.slipway.rollout.Pace;
import dev.slipway.strategy.StrategyReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the floor, the waves and the limits. */
final class PaceSettings {

  private static final int MOST_SECONDS = 1_000_000;
  private static final List<MinimumHealthyHosts.Type> FLOOR_TYPES =
      List.of(MinimumHealthyHosts.Type.HOST_COUNT, MinimumHealthyHosts.Type.FLEET_PERCENT);

  private PaceSettings() {}

  static Pace read(Section all) {
    Optional<Setting> strategy = all.find("strategy");
    Optional<DeploymentConfig> config = all.find("config").map(PaceSettings::config);
    if (strategy.isPresent() && config.isEmpty()) {
      throw strategy
          .get()
          .wrong(
              "needs a floor beside it, since the size of a wave says nothing of how many hosts"
                  + " must stay healthy; add \"config\", such as CodeDeployDefault.HalfAtATime");
    }
    Batching batching =
        all.find("batching").map(how -> how.oneOf(Batching.class)).orElse(Batching.WAVE);
    if (batching == Batching.WINDOW) {
      all.find("limits").ifPresent(PaceSettings::requireNoWaves);
    }
    return new Pace(
        config.orElse(DeploymentConfigs.ONE_AT_A_TIME),
        batching,
        strategy
            .map(setting -> StrategySetting.read(setting).strategy())
            .orElse(StrategyReference.AS_MANY_AS_MAY),
        all.find("limits").map(PaceSettings::limits).orElse(RolloutLimits.NONE));
  }

  private static DeploymentConfig config(Setting config) {
    if (!config.isSection()) {
      return config.oneOf(DeploymentConfigs.all(), DeploymentConfig::name);
    }
    Section section = config.section().allow("name", "minimumHealthyHosts", "zonalConfig");
    Optional<Setting> name = section.find("name");
    Setting floor =
        section.require(
            "minimumHealthyHosts", "add {type: HOST_COUNT, value: 8} or {type: FLEET_PERCENT, …}");
    MinimumHealthyHosts minimum = floor(floor);
    ZonalConfig zones = section.find("zonalConfig").map(PaceSettings::zones).orElse(null);
    return Placed.at(
        name.orElse(config),
        () -> new DeploymentConfig(name.map(Setting::text).orElse("custom"), minimum, zones));
  }

  private static MinimumHealthyHosts floor(Setting floor) {
    Section section = floor.section().allow("type", "value");
    MinimumHealthyHosts.Type type =
        section
            .require("type", "add HOST_COUNT or FLEET_PERCENT")
            .oneOf(FLOOR_TYPES, MinimumHealthyHosts.Type::name);
    Setting value = section.require("value", "add a number");
    boolean percent = type == MinimumHealthyHosts.Type.FLEET_PERCENT;
    int number = value.number(0, percent ? 99 : Integer.MAX_VALUE);
    return Placed.at(value, () -> new MinimumHealthyHosts(type, number));
  }

  private static ZonalConfig zones(Setting zones) {
    Section section =
        zones
            .section()
            .allow(
                "firstZoneMonitorDurationInSeconds",
                "monitorDurationInSeconds",
                "minimumHealthyHostsPerZone");
    return ZonalConfig.of(
        pause(section, "firstZoneMonitorDurationInSeconds"),
        pause(section, "monitorDurationInSeconds"),
        section.find("minimumHealthyHostsPerZone").map(PaceSettings::floor).orElse(null));
  }

  private static @Nullable Duration pause(Section section, String key) {
    return section
        .find(key)
        .map(seconds -> Duration.ofSeconds(seconds.number(0, MOST_SECONDS)))
        .orElse(null);
  }

  private static void requireNoWaves(Setting limits) {
    limits
        .section()
        .find("maxFailuresPerWave")
        .ifPresent(
            value -> {
              throw value.wrong(
                  "needs waves, and \"batching: WINDOW\" has none; use WAVE, or maxFailures");
            });
  }

  private static RolloutLimits limits(Setting limits) {
    Section section =
        limits
            .section()
            .allow(
                "maxFailures",
                "maxUnreachable",
                "maxParallel",
                "maxHosts",
                "maxFailuresPerWave",
                "maxFailuresPerZone");
    return new RolloutLimits(
        limit(section, "maxFailures", 0),
        limit(section, "maxUnreachable", 0),
        limit(section, "maxParallel", 1),
        limit(section, "maxHosts", 1),
        part(section, "maxFailuresPerWave"),
        part(section, "maxFailuresPerZone"));
  }

  private static @Nullable Integer part(Section section, String key) {
    return section.find(key).map(value -> value.number(0, Integer.MAX_VALUE)).orElse(null);
  }

  private static int limit(Section section, String key, int least) {
    return section
        .find(key)
        .map(value -> value.number(least, Integer.MAX_VALUE))
        .orElse(RolloutLimits.UNLIMITED);
  }
}
