package dev.slipway.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import dev.slipway.Deployer;
import dev.slipway.engine.Slipway;
import dev.slipway.engine.inprocess.InProcessTransport;
import dev.slipway.engine.micrometer.MicrometerTelemetry;
import dev.slipway.fleet.Host;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.transport.Transport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The code in documents is that of this package, which is compiled and runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentedCodeTest {

  private static final Path HERE = Path.of("src/test/java/dev/slipway/examples/quickstart");
  private static final Pattern CODE = Pattern.compile("(?s)```java\n(.*?)\n```");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"guice.md, DeploymentModule.java", "metrics.md, DocumentedCodeTest.java"})
  void a_document_shows_code_that_is_compiled(String document, String source) throws IOException {
    String compiled = withoutIndents(Files.readString(HERE.resolve(source)));
    List<String> shown =
        CODE.matcher(Files.readString(Path.of("../../docs", document)))
            .results()
            .map((MatchResult code) -> withoutIndents(code.group(1)))
            .toList();

    assertThat(shown).isNotEmpty().allMatch(compiled::contains);
  }

  @Test
  void the_module_of_the_document_provides_a_deployer() throws IOException {
    Path hosts = Files.writeString(directory.resolve("hosts.yml"), "hosts:\n  - name: web-1\n");
    DeploymentModule module =
        new DeploymentModule(
            hosts,
            directory.resolve("state"),
            ObservationRegistry.create(),
            new SimpleMeterRegistry());

    try (Deployer deployer = Guice.createInjector(module).getInstance(Deployer.class)) {
      assertThat(deployer.unfinished()).isEmpty();
    }
  }

  @Test
  void the_deployer_of_the_document_has_meters() {
    MeterRegistry meters = new SimpleMeterRegistry();
    try (Deployer deployer =
        measured(
            selector -> List.of(Host.named("web-1")),
            InProcessTransport.below(directory),
            ObservationRegistry.create(),
            meters)) {
      assertThat(deployer.unfinished()).isEmpty();
    }
    assertThat(meters.find("slipway.rollouts.driven").gauge()).isNotNull();
  }

  private static Deployer measured(
      Inventory inventory,
      Transport transport,
      ObservationRegistry observationRegistry,
      MeterRegistry meterRegistry) {
    return Slipway.builder()
        .inventory(inventory)
        .transport(transport)
        .telemetry(MicrometerTelemetry.of(observationRegistry, meterRegistry))
        .build();
  }

  private static String withoutIndents(String text) {
    return text.replaceAll("(?m)^ +", "");
  }
}
