package dev.slipway.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.LifecycleEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of how CodeDeploy paces a rollout, through the core on virtual time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkedExamplesTest {

  @ParameterizedTest(name = "example {0}")
  @MethodSource("examples")
  void a_rollout_goes_as_in_the_example(String id, JsonNode example) {
    SimulationResult result = Simulation.run(spec(example));

    assertThat(result.status().wireName()).isEqualTo(example.get("status").asText());
    assertThat(codeOf(result.error())).isEqualTo(example.get("errorCode").asText());
    assertThat(String.valueOf(result.minimumHealthy()))
        .isEqualTo(example.get("minimumHealthy").asText());
    assertThat(String.valueOf(result.failureBudget()))
        .isEqualTo(example.get("failureBudget").asText());
    assertThat(result.succeeded()).isEqualTo(example.get("succeeded").asInt());
    assertThat(result.failed()).isEqualTo(example.get("failed").asInt());
    assertThat(result.skipped()).isEqualTo(example.get("skipped").asInt());
    assertThat(wavesOf(result, example)).isEqualTo(wavesOf(example));
  }

  @Test
  void there_are_59_examples() {
    assertThat(examples()).hasSize(59);
  }

  @ParameterizedTest(name = "{0} hosts, floor {1} {2}: {4} min in a window, {5} in waves")
  @CsvSource({
    "10, HOST_COUNT, 8, 2, 11, 13",
    "10, HOST_COUNT, 3, 7, 4, 6",
    "9, FLEET_PERCENT, 50, 4, 6, 7",
    "100, FLEET_PERCENT, 90, 10, 21, 30",
  })
  void a_window_is_faster_than_waves(
      int hosts, MinimumHealthyHosts.Type type, int value, int budget, int window, int wave) {
    SimulationSpec spec = SimulationSpec.of(hosts, config(type.name(), value, null));

    SimulationResult windowed = Simulation.run(spec.with(Batching.WINDOW), MINUTES);
    SimulationResult waved = Simulation.run(spec.with(Batching.WAVE), MINUTES);

    assertThat(windowed.failureBudget()).isEqualTo(budget);
    assertThat(windowed.seconds()).isEqualTo(window * 60.0);
    assertThat(waved.seconds()).isEqualTo(wave * 60.0);
  }

  /** Host i takes 1 + (i mod 3) minutes. */
  private static final SteadyHosts.Durations MINUTES =
      (position, event) ->
          event == LifecycleEvent.INSTALL ? Duration.ofMinutes(1 + position % 3) : Duration.ZERO;

  static Stream<Arguments> examples() {
    try (InputStream json =
        WorkedExamplesTest.class.getResourceAsStream("/rollout-examples.json")) {
      JsonNode examples = new ObjectMapper().readTree(json);
      return StreamSupport.stream(examples.spliterator(), false)
          .map(example -> Arguments.of(example.get("id").asText(), example))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SimulationSpec spec(JsonNode example) {
    List<Integer> bad = new ArrayList<>();
    example.get("fail").forEach(position -> bad.add(position.asInt()));
    JsonNode config = example.get("config");
    if (example.has("hosts")) {
      return SimulationSpec.of(
              example.get("hosts").asInt(),
              config(config.get("type").asText(), config.get("value").asInt(), null))
          .failing(bad);
    }
    Map<String, Integer> zones = new TreeMap<>();
    example.get("zones").forEach(hosts -> zones.put("zone-" + zones.size(), hosts.asInt()));
    return SimulationSpec.ofZones(
            zones,
            config(
                config.get("type").asText(),
                config.get("value").asInt(),
                ZonalConfig.of(null, Duration.ofMinutes(5), floor(example.get("perZone")))))
        .failing(bad);
  }

  private static DeploymentConfig config(String type, int value, @Nullable ZonalConfig zones) {
    MinimumHealthyHosts floor =
        new MinimumHealthyHosts(MinimumHealthyHosts.Type.valueOf(type), value);
    return floor.type() == MinimumHealthyHosts.Type.MOST_CONCURRENCY
        ? DeploymentConfigs.ONE_AT_A_TIME
        : new DeploymentConfig("example", floor, zones);
  }

  private static MinimumHealthyHosts floor(JsonNode floor) {
    return new MinimumHealthyHosts(
        MinimumHealthyHosts.Type.valueOf(floor.get("type").asText()), floor.get("value").asInt());
  }

  private static String codeOf(@Nullable ErrorInformation error) {
    return error == null ? "null" : error.code().name();
  }

  private static List<String> wavesOf(JsonNode example) {
    List<String> waves = new ArrayList<>();
    for (JsonNode wave : example.get("waves")) {
      if (wave.isArray()) {
        wave.forEach(
            inZone -> waves.add(text(inZone.get("size").asInt(), inZone.get("failed").asInt())));
      } else {
        waves.add(text(wave.get("size").asInt(), wave.get("failed").asInt()));
      }
    }
    return waves;
  }

  private static List<String> wavesOf(SimulationResult result, JsonNode example) {
    List<Integer> bad = new ArrayList<>();
    example.get("fail").forEach(position -> bad.add(position.asInt()));
    return result.waves().stream()
        .map(wave -> text(wave.size(), (int) wave.stream().filter(bad::contains).count()))
        .toList();
  }

  private static String text(int size, int failed) {
    return size + " (" + failed + " failed)";
  }
}
