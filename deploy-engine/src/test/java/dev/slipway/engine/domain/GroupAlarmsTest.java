package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.domain.AlarmConfiguration;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.failure.RequestException;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.alarm.AlarmState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The alarms of deployment groups, where one source of alarms is registered. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class GroupAlarmsTest {

  private static final AlarmConfiguration CPU = new AlarmConfiguration(true, false, List.of("cpu"));

  private final AtomicReference<AlarmState> cpu = new AtomicReference<>(AlarmState.OK);
  private DomainStage stage;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    stage =
        new DomainStage(
            directory,
            builder ->
                builder.alarmSource("mine", 1, parameters -> names -> Map.of("cpu", cpu.get())));
    stage.webProd();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private RolloutResult deploy(String version, AlarmConfiguration alarms) {
    DeploymentId id =
        stage
            .domain()
            .deployments()
            .create(
                DeploymentRequest.to("web", "prod")
                    .revision(stage.version(version))
                    .alarms(alarms)
                    .autoRollback(
                        new AutoRollbackConfiguration(
                            true, Set.of(AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM)))
                    .build());
    return stage.end(id);
  }

  @Test
  void a_quiet_alarm_stops_nothing() {
    assertThat(deploy("1.0", CPU).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void an_active_alarm_stops_a_deployment_and_brings_the_last_revision_back() {
    RolloutResult first = deploy("1.0", CPU);
    cpu.set(AlarmState.ALARM);

    RolloutResult second = deploy("2.0", CPU);

    assertThat(first.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(second.status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(Objects.requireNonNull(second.error()).code()).isEqualTo(ErrorCode.ALARM_ACTIVE);
    DeploymentId rollback = stage.deployer().attach(second.id()).rollback().orElseThrow().id();
    assertThat(stage.end(rollback).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void alarms_that_are_only_kept_are_not_asked() {
    cpu.set(AlarmState.ALARM);

    RolloutResult result = deploy("1.0", new AlarmConfiguration(false, false, List.of("cpu")));

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_source_that_needs_parameters_reads_no_alarms_of_groups(@TempDir Path other)
      throws IOException {
    try (DomainStage needy =
        new DomainStage(
            other,
            builder ->
                builder.alarmSource(
                    "program",
                    1,
                    parameters -> {
                      throw new RequestException("name a program");
                    }))) {
      needy.webProd();
      DeploymentRequest request =
          DeploymentRequest.to("web", "prod").revision(needy.version("1.0")).alarms(CPU).build();

      assertThatThrownBy(() -> needy.domain().deployments().create(request))
          .isInstanceOf(DomainException.class)
          .hasMessageContaining("needs no parameters")
          .extracting(failure -> ((DomainException) failure).error())
          .isEqualTo(DomainError.INVALID_ALARM_CONFIG);
    }
  }

  @Test
  void an_alarm_with_too_little_data_stops_nothing() {
    cpu.set(AlarmState.INSUFFICIENT_DATA);

    assertThat(deploy("1.0", CPU).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }
}
