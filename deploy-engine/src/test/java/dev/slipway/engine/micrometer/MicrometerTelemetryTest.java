package dev.slipway.engine.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.Slipway;
import dev.slipway.fleet.Host;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.testkit.ScriptedTransport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class MicrometerTelemetryTest {

  @TempDir private Path directory;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TestObservationRegistry observations = TestObservationRegistry.create();
  private final ScriptedTransport transport = new ScriptedTransport();

  @Test
  void a_rollout_is_counted_with_its_hosts_events_waves_and_calls() throws Exception {
    transport.failAt("web-2", LifecycleEvent.AFTER_INSTALL);

    assertThat(rollOut().status()).isEqualTo(DeploymentStatus.SUCCEEDED);

    assertThat(meters.get("slipway.rollouts").tags("status", "Succeeded").counter().count())
        .isEqualTo(1);
    assertThat(meters.get("slipway.hosts").tags("status", "Succeeded").counter().count())
        .isEqualTo(2);
    assertThat(meters.get("slipway.hosts").tags("status", "Failed").counter().count()).isEqualTo(1);
    assertThat(
            meters
                .get("slipway.host.events")
                .tags("event", "AfterInstall", "status", "Failed")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(meters.get("slipway.waves").summary().totalAmount()).isEqualTo(3);
    assertThat(
            meters
                .get("slipway.calls")
                .tags("call", "store.commit", "outcome", "answered")
                .timer()
                .count())
        .isPositive();
    assertThat(
            meters
                .get("slipway.calls")
                .tags("call", "inventory.snapshot", "outcome", "answered")
                .timer()
                .count())
        .isEqualTo(2);
    assertThat(meters.get("slipway.rollouts.driven").gauge().value()).isZero();
  }

  @Test
  void a_rollout_is_a_trace_with_a_span_for_each_event_of_a_host() throws Exception {
    transport.failAt("web-2", LifecycleEvent.AFTER_INSTALL);

    rollOut();

    TestObservationRegistryAssert.assertThat(observations)
        .hasNumberOfObservationsWithNameEqualTo("slipway.rollout", 1)
        .hasNumberOfObservationsWithNameEqualTo("slipway.host.event", 7 + 5 + 7)
        .hasObservationWithNameEqualTo("slipway.rollout")
        .that()
        .hasContextualNameEqualTo("rollout web/prod")
        .hasLowCardinalityKeyValue("slipway.creator", "user")
        .hasLowCardinalityKeyValue("slipway.status", "Succeeded")
        .hasBeenStopped();
    TestObservationRegistryAssert.assertThat(observations)
        .hasAnObservation(
            observation ->
                observation
                    .hasNameEqualTo("slipway.host.event")
                    .hasContextualNameEqualTo("AfterInstall web-2")
                    .hasLowCardinalityKeyValue("slipway.status", "Failed")
                    .hasHighCardinalityKeyValue("slipway.attempt", "1")
                    .hasParentObservation()
                    .hasError());
  }

  private RolloutResult rollOut() throws Exception {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    try (Deployer deployer =
        Slipway.builder()
            .inventory(
                selector -> List.of("web-1", "web-2", "web-3").stream().map(Host::named).toList())
            .transport(transport)
            .state(directory.resolve("state"))
            .telemetry(MicrometerTelemetry.of(observations, meters))
            .build()) {
      return deployer
          .rollout("web", "prod")
          .revision(Revision.localDirectory(bundle))
          .to(hosts -> hosts)
          .minimumHealthy(MinimumHealthyHosts.hostCount(1))
          .plan()
          .start()
          .await(Duration.ofMinutes(1))
          .orElseThrow();
    }
  }
}
