package dev.slipway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RequestException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeploymentConfigTest {

  @ParameterizedTest(name = "{0} {1} of {2} hosts keeps {3}")
  @CsvSource({
    "HOST_COUNT, 0, 10, 0",
    "HOST_COUNT, 25, 10, 25",
    "FLEET_PERCENT, 0, 9, 0",
    "FLEET_PERCENT, 50, 1, 1",
    "FLEET_PERCENT, 50, 9, 5",
    "FLEET_PERCENT, 33, 7, 3",
    "FLEET_PERCENT, 1, 4, 1",
    "FLEET_PERCENT, 85, 10, 9",
    "FLEET_PERCENT, 99, 100, 99",
    "FLEET_PERCENT, 99, 101, 100",
    "FLEET_PERCENT, 99, 2000000000, 1980000000",
    "MOST_CONCURRENCY, 1, 0, 0",
    "MOST_CONCURRENCY, 1, 1, 0",
    "MOST_CONCURRENCY, 1, 9, 8",
  })
  void a_floor_is_so_many_hosts(MinimumHealthyHosts.Type type, int value, int fleet, int floor) {
    assertThat(new MinimumHealthyHosts(type, value).requiredOf(fleet)).isEqualTo(floor);
  }

  @ParameterizedTest
  @CsvSource({
    "HOST_COUNT, -1, HOST_COUNT must be 0 or more hosts",
    "FLEET_PERCENT, -1, must be 0 to 99",
    "FLEET_PERCENT, 100, must be 0 to 99",
    "MOST_CONCURRENCY, 0, must be 1 or more hosts",
  })
  void a_floor_out_of_range_is_refused(MinimumHealthyHosts.Type type, int value, String rule) {
    assertThatThrownBy(() -> new MinimumHealthyHosts(type, value))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining(rule)
        .hasMessageContaining("but was " + value);
  }

  @Test
  void the_three_of_codedeploy_are_found_by_name() {
    assertThat(DeploymentConfigs.byName("CodeDeployDefault.OneAtATime"))
        .isSameAs(DeploymentConfigs.ONE_AT_A_TIME);
    assertThat(DeploymentConfigs.byName("CodeDeployDefault.HalfAtATime"))
        .isSameAs(DeploymentConfigs.HALF_AT_A_TIME);
    assertThat(DeploymentConfigs.byName("CodeDeployDefault.AllAtOnce"))
        .isSameAs(DeploymentConfigs.ALL_AT_ONCE);
  }

  @Test
  void an_unknown_name_is_answered_with_the_known_ones() {
    assertThatThrownBy(() -> DeploymentConfigs.byName("CodeDeployDefault.TwoAtATime"))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("'CodeDeployDefault.TwoAtATime'")
        .hasMessageContaining("CodeDeployDefault.OneAtATime, CodeDeployDefault.HalfAtATime");
  }

  @Test
  void a_custom_config_has_a_name_and_a_type_of_its_own() {
    MinimumHealthyHosts floor = MinimumHealthyHosts.hostCount(3);

    assertThat(DeploymentConfig.custom("my-config", floor).minimumHealthyHosts()).isEqualTo(floor);
    assertThatThrownBy(() -> DeploymentConfig.custom("CodeDeployDefault.Mine", floor))
        .hasMessageContaining("must not start with CodeDeployDefault.")
        .hasMessageContaining("'CodeDeployDefault.Mine'");
    assertThatThrownBy(() -> DeploymentConfig.custom("CodeDeployDefault.HalfAtATime", floor))
        .hasMessageContaining("must not start with");
    assertThatThrownBy(
            () -> DeploymentConfig.custom("mine", MinimumHealthyHosts.mostConcurrency(2)))
        .hasMessageContaining("'mine' must be of type HOST_COUNT or FLEET_PERCENT");
    assertThatThrownBy(() -> DeploymentConfig.custom("", floor))
        .hasMessageContaining("1 to 100 letters");
    assertThatThrownBy(() -> DeploymentConfig.custom("a b", floor)).hasMessageContaining("'a b'");
    assertThatThrownBy(() -> DeploymentConfig.custom("x".repeat(101), floor))
        .isInstanceOf(RequestException.class);
  }

  @Test
  void the_pause_after_the_first_zone_is_that_of_the_others_unless_given() {
    ZonalConfig both = ZonalConfig.of(Duration.ofSeconds(5), Duration.ofSeconds(9), null);
    ZonalConfig one = ZonalConfig.of(null, Duration.ofSeconds(9), null);
    ZonalConfig none = ZonalConfig.of(null, null, null);

    assertThat(both.monitorAfter(0, 3)).isEqualTo(Duration.ofSeconds(5));
    assertThat(both.monitorAfter(1, 3)).isEqualTo(Duration.ofSeconds(9));
    assertThat(both.monitorAfter(2, 3)).isEqualTo(Duration.ZERO);
    assertThat(both.monitorAfter(0, 1)).isEqualTo(Duration.ZERO);
    assertThat(one.monitorAfter(0, 3)).isEqualTo(Duration.ofSeconds(9));
    assertThat(none.monitorAfter(0, 3)).isEqualTo(Duration.ZERO);
    assertThat(none.minimumHealthyHostsPerZone()).isEqualTo(MinimumHealthyHosts.percent(0));
  }

  @Test
  void a_bad_zonal_config_is_refused_by_its_key() {
    assertThatThrownBy(() -> ZonalConfig.of(Duration.ofSeconds(-1), null, null))
        .hasMessageContaining("firstZoneMonitorDurationInSeconds")
        .hasMessageContaining("PT-1S");
    assertThatThrownBy(() -> ZonalConfig.of(null, Duration.ofMillis(1), null))
        .hasMessageContaining("monitorDurationInSeconds");
    assertThatThrownBy(() -> ZonalConfig.of(null, null, MinimumHealthyHosts.mostConcurrency(1)))
        .hasMessageContaining("minimumHealthyHostsPerZone");
  }

  @Test
  void limits_have_ranges() {
    assertThat(RolloutLimits.NONE.withMaxFailures(0).maxFailures()).isZero();
    assertThatThrownBy(() -> RolloutLimits.NONE.withMaxFailures(-1))
        .hasMessage("maxFailures must be 0 or more, but was -1");
    assertThatThrownBy(() -> RolloutLimits.NONE.withMaxUnreachable(-1))
        .hasMessageContaining("maxUnreachable");
    assertThatThrownBy(() -> RolloutLimits.NONE.withMaxParallel(0))
        .hasMessage("maxParallel must be 1 or more, but was 0");
    assertThatThrownBy(() -> RolloutLimits.NONE.withMaxHosts(0)).hasMessageContaining("maxHosts");
  }
}
