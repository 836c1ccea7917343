package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.DeploymentInfo;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.DeploymentTarget;
import dev.slipway.domain.RollbackInfo;
import dev.slipway.domain.StopStatus;
import dev.slipway.failure.DomainError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a stop does, and what comes back after which outcome, a row each.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html">
 *     CodeDeploy user guide, redeploy and roll back</a>
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StopAndRollbackRowsTest {

  @TempDir private Path directory;
  private DomainStage stage;

  @BeforeEach
  void open() throws IOException {
    stage = new DomainStage(directory);
    stage.webProd();
  }

  @AfterEach
  void close() {
    stage.transport().proceed();
    stage.close();
  }

  private DeploymentInfo info(DeploymentId id) {
    return stage.domain().deployments().get(id.value());
  }

  private DeploymentId running(Set<AutoRollbackEvent> events) {
    stage.transport().hold();
    DeploymentId id =
        stage
            .domain()
            .deployments()
            .create(
                DeploymentRequest.to("web", "prod")
                    .revision(stage.version("2.0"))
                    .ignoreApplicationStopFailures(true)
                    .fileExistsBehavior(FileExistsBehavior.OVERWRITE)
                    .autoRollback(new AutoRollbackConfiguration(!events.isEmpty(), events))
                    .build());
    while (stage.transport().offered().stream().noneMatch(key -> key.deployment().equals(id))) {
      Thread.onSpinWait();
    }
    return id;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_deployment_that_has_ended_by_itself_cannot_be_stopped(boolean succeeds) {
    if (!succeeds) {
      stage.failEverywhere();
    }
    DeploymentId id = stage.deployed("1.0");

    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_ALREADY_COMPLETED,
        succeeds ? "Succeeded" : "Failed",
        () -> stage.domain().deployments().stop(id.value(), null));
  }

  @Test
  void what_runs_is_completed_and_nothing_else_starts() {
    DeploymentId id = running(Set.of());

    assertThat(stage.domain().deployments().stop(id.value(), null)).isEqualTo(StopStatus.PENDING);
    stage.transport().proceed();
    stage.end(id);

    assertThat(stage.domain().deployments().stop(id.value(), null)).isEqualTo(StopStatus.SUCCEEDED);
    assertThat(info(id).status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(Objects.requireNonNull(info(id).error()).code()).isEqualTo(ErrorCode.MANUAL_STOP);
    List<DeploymentTarget> targets = stage.domain().deployments().targets(id.value());
    assertThat(targets)
        .extracting(DeploymentTarget::status)
        .containsExactly(HostStatus.FAILED, HostStatus.SKIPPED, HostStatus.SKIPPED);
    assertThat(targets.get(0).events())
        .extracting(DeploymentTarget.Run::status)
        .startsWith(LifecycleEventStatus.SUCCEEDED, LifecycleEventStatus.SKIPPED)
        .endsWith(LifecycleEventStatus.SKIPPED);
    assertThat(stage.transport().offered()).hasSize(1);
  }

  /** The outcome, what the deployment asks for, what the stop says, and whether it goes back. */
  @ParameterizedTest
  @CsvSource({
    "FAILED, DEPLOYMENT_FAILURE, , true",
    "FAILED, DEPLOYMENT_STOP_ON_REQUEST, , false",
    "FAILED, DEPLOYMENT_STOP_ON_ALARM, , false",
    "FAILED, , , false",
    "STOPPED, DEPLOYMENT_STOP_ON_REQUEST, , true",
    "STOPPED, DEPLOYMENT_FAILURE, , false",
    "STOPPED, DEPLOYMENT_STOP_ON_ALARM, , false",
    "STOPPED, , , false",
    "STOPPED, , true, true",
    "STOPPED, DEPLOYMENT_FAILURE, true, true",
    "STOPPED, DEPLOYMENT_STOP_ON_REQUEST, false, false",
    "SUCCEEDED, DEPLOYMENT_FAILURE, , false",
  })
  void the_last_revision_that_worked_comes_back(
      DeploymentStatus outcome, AutoRollbackEvent event, Boolean stop, boolean comesBack) {
    DeploymentId first = stage.deployed("1.0");
    if (outcome == DeploymentStatus.FAILED) {
      stage.failEverywhere();
    }
    DeploymentId id = running(event == null ? Set.of() : Set.of(event));
    if (outcome == DeploymentStatus.STOPPED) {
      StopStatus unused = stage.domain().deployments().stop(id.value(), stop);
    }
    stage.transport().proceed();
    stage.end(id);

    RollbackInfo rollback = info(id).rollback();

    assertThat(info(id).status()).isEqualTo(outcome);
    if (!comesBack) {
      assertThat(rollback).isNull();
      return;
    }
    DeploymentId back = Objects.requireNonNull(Objects.requireNonNull(rollback).rollback());
    stage.end(back);
    DeploymentInfo of = info(back);
    assertThat(of.creator()).isEqualTo(Creator.ROLLBACK);
    assertThat(of.revision()).isEqualTo(info(first).revision());
    assertThat(of.deploymentConfig()).isEqualTo(info(id).deploymentConfig());
    assertThat(of.description()).isEqualTo("rolls deployment " + id + " back");
    assertThat(of.options().ignoreApplicationStopFailures()).isTrue();
    assertThat(of.options().fileExistsBehavior()).isEqualTo(FileExistsBehavior.DISALLOW);
    assertThat(Objects.requireNonNull(of.rollback()).triggeredBy()).isEqualTo(id);
    assertThat(stage.domain().deployments().targets(back.value())).hasSize(3);
  }

  @Test
  void without_a_revision_that_worked_nothing_comes_back_and_that_is_said() {
    stage.failEverywhere();
    DeploymentId id = running(Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE));
    stage.transport().proceed();
    stage.end(id);

    RollbackInfo rollback = Objects.requireNonNull(info(id).rollback());

    assertThat(rollback.rollback()).isNull();
    assertThat(rollback.message())
        .isEqualTo("no revision has been deployed to the group with success before");
  }

  @Test
  void a_rollback_that_fails_is_the_end_of_it() {
    stage.deployed("1.0");
    stage.failEverywhere();
    DeploymentId id = running(Set.of(AutoRollbackEvent.values()));
    stage.transport().proceed();
    stage.end(id);

    DeploymentId back =
        Objects.requireNonNull(Objects.requireNonNull(info(id).rollback()).rollback());
    stage.end(back);

    assertThat(info(back).status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(Objects.requireNonNull(info(back).rollback()).rollback()).isNull();
  }
}
