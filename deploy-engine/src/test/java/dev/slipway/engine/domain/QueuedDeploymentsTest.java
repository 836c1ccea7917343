package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.DeploymentMode;
import dev.slipway.domain.DeploymentQuery;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.Deployments;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.StopStatus;
import dev.slipway.failure.DomainError;
import dev.slipway.rollout.RolloutResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments to a group that has an active one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class QueuedDeploymentsTest {

  private DomainStage stage;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    stage = new DomainStage(directory);
    stage.webProd();
    stage
        .domain()
        .deploymentGroups()
        .update("web", "prod", GroupSettings.builder().onConflict(OnConflict.QUEUE).build());
  }

  @AfterEach
  void close() {
    stage.transport().proceed();
    stage.close();
  }

  private Deployments deployments() {
    return stage.domain().deployments();
  }

  private DeploymentStatus status(DeploymentId id) {
    return deployments().get(id.value()).status();
  }

  @Test
  void the_policy_of_the_group_lets_them_wait_and_that_of_the_request_comes_first() {
    stage.transport().hold();
    DeploymentId active = stage.deploy("1.0");
    DeploymentId waiting = stage.deploy("2.0");

    assertThat(status(waiting)).isEqualTo(DeploymentStatus.QUEUED);
    assertThat(deployments().get(waiting.value()).startedAt()).isNull();
    assertThat(
            deployments()
                .list(
                    new DeploymentQuery("web", "prod", Set.of(DeploymentStatus.QUEUED), null, null),
                    null)
                .items())
        .containsExactly(waiting);
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_LIMIT_EXCEEDED,
        "already has an active Deployment '" + active + "'",
        () ->
            deployments()
                .create(
                    DeploymentRequest.to("web", "prod")
                        .revision(stage.version("1.0"))
                        .onConflict(OnConflict.REJECT)
                        .build()));
    stage.transport().proceed();
    assertThat(stage.end(waiting).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(deployments().get(waiting.value()).startedAt())
        .isAfterOrEqualTo(deployments().get(active.value()).completedAt());
    assertThat(deployments().get(waiting.value()).previousRevision())
        .isEqualTo(stage.version("1.0"));
  }

  @Test
  void what_is_about_the_hosts_as_they_are_now_does_not_wait() {
    stage.end(stage.deploy("1.0"));
    stage.transport().hold();
    DeploymentId active = stage.deploy("2.0");
    String words = "already has an active Deployment '" + active + "'";

    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_LIMIT_EXCEEDED,
        words,
        () ->
            deployments()
                .create(DeploymentRequest.to("web", "prod").mode(DeploymentMode.RESTART).build()));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_LIMIT_EXCEEDED,
        words,
        () ->
            deployments()
                .create(
                    DeploymentRequest.to("web", "prod")
                        .revision(stage.version("1.0"))
                        .updateOutdatedInstancesOnly(true)
                        .build()));
    stage.transport().proceed();
  }

  @Test
  void one_that_waits_can_be_stopped() {
    stage.transport().hold();
    stage.deploy("1.0");
    DeploymentId waiting = stage.deploy("2.0");

    assertThat(deployments().stop(waiting.value(), true)).isEqualTo(StopStatus.PENDING);

    RolloutResult stopped = stage.end(waiting);
    assertThat(stopped.status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(stopped.error()).extracting("code").isEqualTo(ErrorCode.MANUAL_STOP);
    assertThat(stopped.rollback()).isNull();
    assertThat(deployments().stop(waiting.value(), null)).isEqualTo(StopStatus.SUCCEEDED);
  }

  @Test
  void a_deleted_group_ends_those_that_wait_too() {
    stage.transport().hold();
    DeploymentId active = stage.deploy("1.0");
    DeploymentId waiting = stage.deploy("2.0");

    stage.domain().deploymentGroups().delete("web", "prod");
    stage.transport().proceed();

    assertThat(stage.end(waiting).status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(stage.end(active).status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(stage.transport().offered()).noneMatch(key -> key.deployment().equals(waiting));
  }
}
