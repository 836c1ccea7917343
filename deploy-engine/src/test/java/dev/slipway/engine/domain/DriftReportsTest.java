package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.domain.DeploymentQuery;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.DriftReport;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.HostDrift;
import dev.slipway.domain.HostDrift.Standing;
import dev.slipway.failure.DomainError;
import dev.slipway.revision.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class DriftReportsTest {

  private DomainStage stage;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    stage = new DomainStage(directory);
    stage.webProd();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Map<String, Standing> standings() {
    return stage.domain().drift("web", "prod").hosts().stream()
        .collect(Collectors.toMap(host -> host.host().value(), HostDrift::standing));
  }

  @Test
  void nothing_drifts_before_the_first_success() {
    DriftReport report = stage.domain().drift("web", "prod");

    assertThat(report.target()).isNull();
    assertThat(report.drifted()).isFalse();
    assertThat(report.count(Standing.UNKNOWN)).isEqualTo(3);
  }

  @Test
  void hosts_are_current_outdated_unknown_or_gone() {
    stage.deployed("1.0");
    assertThat(stage.domain().drift("web", "prod").drifted()).isFalse();
    stage.transport().failAt("web-2", LifecycleEvent.AFTER_INSTALL);
    stage
        .domain()
        .deploymentGroups()
        .update(
            "web",
            "prod",
            GroupSettings.builder().deploymentConfig("CodeDeployDefault.AllAtOnce").build());
    stage.deployed("2.0");
    stage.host("web-4", Map.of("role", "web"));
    stage.removeHost("web-3");

    DriftReport report = stage.domain().drift("web", "prod");

    assertThat(standings())
        .isEqualTo(
            Map.of(
                "web-1", Standing.CURRENT,
                "web-2", Standing.UNKNOWN,
                "web-3", Standing.LEFT,
                "web-4", Standing.UNKNOWN));
    assertThat(report.targetLocation()).isEqualTo(stage.version("2.0"));
    assertThat(report.drifted()).isTrue();
  }

  @Test
  void a_host_that_was_left_behind_by_a_failed_deployment_is_outdated() {
    stage.deployed("1.0");
    stage.failEverywhere();
    stage
        .domain()
        .deployments()
        .create(DeploymentRequest.to("web", "prod").revision(stage.version("2.0")).build());

    assertThat(stage.domain().deployments().list(DeploymentQuery.of("web", "prod"), null).items())
        .hasSize(2)
        .allSatisfy(id -> stage.end(id));
    assertThat(standings()).containsValue(Standing.UNKNOWN);
  }

  @Test
  void rollouts_of_a_group_that_is_not_kept_are_reported_by_their_names() {
    stage
        .deployer()
        .rollout("api", "prod")
        .revision(
            Revision.localDirectory(
                Path.of(Objects.requireNonNull(stage.version("1.0").local()).path())))
        .to(hosts -> hosts.tag("role", "web"))
        .plan()
        .start()
        .await(Duration.ofSeconds(30));

    assertThat(stage.domain().drift("api", "prod").count(Standing.CURRENT)).isEqualTo(3);
    DomainStage.assertRefused(
        DomainError.APPLICATION_DOES_NOT_EXIST,
        "'nobody'",
        () -> stage.domain().drift("nobody", "prod"));
    DomainStage.assertRefused(
        DomainError.INVALID_APPLICATION_NAME,
        "'../web'",
        () -> stage.domain().drift("../web", "prod"));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_GROUP_DOES_NOT_EXIST,
        "'test'",
        () -> stage.domain().drift("web", "test"));
  }
}
