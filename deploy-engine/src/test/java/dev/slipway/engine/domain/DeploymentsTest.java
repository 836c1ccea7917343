package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.domain.AlarmConfiguration;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.DeploymentInfo;
import dev.slipway.domain.DeploymentMode;
import dev.slipway.domain.DeploymentQuery;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.DeploymentRequestBuilder;
import dev.slipway.domain.DeploymentStyle;
import dev.slipway.domain.Deployments;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.LoadBalancerInfo;
import dev.slipway.domain.Quota;
import dev.slipway.domain.Quotas;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.RevisionQuery;
import dev.slipway.domain.RevisionType;
import dev.slipway.domain.StopStatus;
import dev.slipway.domain.TagSelection;
import dev.slipway.failure.DeployException;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.revision.BundleType;
import dev.slipway.revision.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class DeploymentsTest {

  private DomainStage stage;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    stage =
        new DomainStage(
            directory,
            builder ->
                builder
                    .quotas(Quotas.USUAL.with(Quota.CONCURRENT_DEPLOYMENTS, 1))
                    .revisionSource(
                        RevisionType.GITHUB,
                        location -> Revision.localDirectory(directory.resolve("2.0"))));
    stage.webProd();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Deployments deployments() {
    return stage.domain().deployments();
  }

  private DeploymentRequestBuilder request() {
    return DeploymentRequest.to("web", "prod").revision(stage.version("1.0"));
  }

  private DeploymentInfo info(DeploymentId id) {
    return deployments().get(id.value());
  }

  private void assertRefused(DomainError error, String part, DeploymentRequestBuilder request) {
    DomainStage.assertRefused(error, part, () -> deployments().create(request.build()));
    assertThat(deployments().list(DeploymentQuery.ALL, null).items()).isEmpty();
    assertThat(stage.domain().revisions().list("web", RevisionQuery.ALL, null).items()).isEmpty();
  }

  @Test
  void a_deployment_shows_all_that_was_asked_for_and_how_it_went() {
    DeploymentId first = stage.deployed("1.0");
    DeploymentId id =
        deployments()
            .create(
                DeploymentRequest.to("web", "prod")
                    .revision(stage.version("2.0"))
                    .description("build 41")
                    .deploymentConfig("CodeDeployDefault.AllAtOnce")
                    .fileExistsBehavior(FileExistsBehavior.OVERWRITE)
                    .ignoreApplicationStopFailures(true)
                    .autoRollback(
                        new AutoRollbackConfiguration(
                            true, Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE)))
                    .build());
    stage.end(id);

    DeploymentInfo info = info(id);

    assertThat(info.application()).isEqualTo("web");
    assertThat(info.deploymentGroup()).isEqualTo("prod");
    assertThat(info.deploymentConfig()).isEqualTo("CodeDeployDefault.AllAtOnce");
    assertThat(info.revision()).isEqualTo(stage.version("2.0"));
    assertThat(info.previousRevision()).isEqualTo(stage.version("1.0"));
    assertThat(info.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(info.error()).isNull();
    assertThat(info.startedAt()).isAfterOrEqualTo(info.createdAt());
    assertThat(info.completedAt()).isAfterOrEqualTo(info.startedAt());
    assertThat(info.overview()).isEqualTo(new DeploymentOverview(0, 0, 3, 0, 0));
    assertThat(info.description()).isEqualTo("build 41");
    assertThat(info.creator()).isEqualTo(Creator.USER);
    assertThat(info.options())
        .isEqualTo(
            new DeploymentInfo.Options(
                true,
                false,
                FileExistsBehavior.OVERWRITE,
                new AutoRollbackConfiguration(true, Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE)),
                null,
                DeploymentStyle.DEFAULT,
                LoadBalancerInfo.NONE,
                null,
                null,
                DeploymentMode.STANDARD));
    assertThat(info.rollback()).isNull();
    assertThat(info(first).previousRevision()).isNull();
    assertThat(info(first).options().autoRollback()).isEqualTo(AutoRollbackConfiguration.NONE);
  }

  @Test
  void a_failed_deployment_and_its_rollback_name_each_other() {
    stage
        .domain()
        .deploymentGroups()
        .update(
            "web",
            "prod",
            GroupSettings.builder()
                .autoRollback(
                    new AutoRollbackConfiguration(
                        true, Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE)))
                .build());
    stage.deployed("1.0");
    stage.failEverywhere();
    DeploymentId failed = stage.deployed("2.0");

    DeploymentInfo info = info(failed);
    DeploymentId rollback =
        Objects.requireNonNull(Objects.requireNonNull(info.rollback()).rollback());
    stage.end(rollback);

    assertThat(info.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(Objects.requireNonNull(info.error()).code()).isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    DeploymentInfo back = info(rollback);
    assertThat(back.creator()).isEqualTo(Creator.ROLLBACK);
    assertThat(back.revision()).isEqualTo(stage.version("1.0"));
    assertThat(Objects.requireNonNull(back.rollback()).triggeredBy()).isEqualTo(failed);
    assertThat(
            Objects.requireNonNull(
                    stage.domain().deploymentGroups().get("web", "prod").lastAttempted())
                .id())
        .isEqualTo(rollback);
  }

  @Test
  void a_rollback_without_a_revision_to_go_back_to_says_so() {
    stage.failEverywhere();
    DeploymentId id =
        deployments()
            .create(
                request()
                    .autoRollback(
                        new AutoRollbackConfiguration(
                            true, Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE)))
                    .build());
    stage.end(id);

    assertThat(Objects.requireNonNull(info(id).rollback()).message()).isNotEmpty();
  }

  @Test
  void a_request_is_checked_in_a_fixed_order_and_leaves_no_trace() {
    DeploymentRequestBuilder wrong =
        DeploymentRequest.to("web", "prod").description("d".repeat(257)).deploymentConfig("none");
    assertRefused(DomainError.APPLICATION_NAME_REQUIRED, "missing", DeploymentRequest.to("", ""));
    assertRefused(DomainError.INVALID_APPLICATION_NAME, "'a b'", DeploymentRequest.to("a b", ""));
    assertRefused(DomainError.APPLICATION_DOES_NOT_EXIST, "'api'", DeploymentRequest.to("api", ""));
    assertRefused(
        DomainError.DEPLOYMENT_GROUP_NAME_REQUIRED, "missing", DeploymentRequest.to("web", ""));
    assertRefused(
        DomainError.INVALID_DEPLOYMENT_GROUP_NAME, "'/'", DeploymentRequest.to("web", "/"));
    assertRefused(
        DomainError.DEPLOYMENT_GROUP_DOES_NOT_EXIST, "'b'", DeploymentRequest.to("web", "b"));
    assertRefused(DomainError.DESCRIPTION_TOO_LONG, "at most 256", wrong);
    assertRefused(
        DomainError.REVISION_REQUIRED, "needs a revision", wrong.description("d".repeat(256)));
    assertRefused(DomainError.INVALID_REVISION, "", wrong.revision(RevisionLocation.local("")));
    assertRefused(
        DomainError.OPERATION_NOT_SUPPORTED,
        "no source of revisions of type S3",
        wrong.revision(
            RevisionLocation.s3(new RevisionLocation.S3("b", "k", BundleType.ZIP, null, null))));
    assertRefused(
        DomainError.DEPLOYMENT_CONFIG_DOES_NOT_EXIST,
        "'none'",
        wrong.revision(stage.version("1.0")));
    assertRefused(
        DomainError.INVALID_AUTO_ROLLBACK_CONFIG,
        "no event",
        request().autoRollback(new AutoRollbackConfiguration(true, Set.of())));
    assertRefused(
        DomainError.INVALID_ALARM_CONFIG,
        "nobody can read alarms",
        request().alarms(new AlarmConfiguration(true, false, List.of("cpu"))));
    assertRefused(
        DomainError.INVALID_TARGET_INSTANCES,
        "in place",
        request().targetInstances(TagSelection.NONE));
    assertRefused(DomainError.INVALID_INPUT, "RESTART", request().mode(DeploymentMode.RESTART));
    assertRefused(
        DomainError.REVISION_DOES_NOT_EXIST,
        "no revision to restart",
        DeploymentRequest.to("web", "prod").mode(DeploymentMode.RESTART));
  }

  @Test
  void alarms_that_need_not_be_read_do_not_keep_a_deployment_from_starting() {
    DeploymentId id =
        deployments()
            .create(request().alarms(new AlarmConfiguration(true, true, List.of("cpu"))).build());

    assertThat(stage.end(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(info(id).options().alarms())
        .isEqualTo(new AlarmConfiguration(true, true, List.of("cpu")));
  }

  @Test
  void traffic_that_nobody_controls_is_refused_when_it_is_deployed() {
    stage
        .domain()
        .deploymentGroups()
        .update(
            "web",
            "prod",
            GroupSettings.builder()
                .style(
                    new DeploymentStyle(
                        DeploymentStyle.Type.IN_PLACE, DeploymentStyle.Option.WITH_TRAFFIC_CONTROL))
                .loadBalancers(new LoadBalancerInfo(List.of("web"), List.of()))
                .build());

    assertRefused(DomainError.INVALID_LOAD_BALANCER_INFO, "classic-load-balancer 'web'", request());
  }

  @Test
  void a_group_has_one_active_deployment_whose_id_the_refusal_names() {
    stage.transport().hold();
    DeploymentId active = stage.deploy("1.0");

    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_LIMIT_EXCEEDED,
        "already has an active Deployment '" + active + "'",
        () -> stage.deploy("2.0"));
    stage.domain().deploymentGroups().create("web", "test", DomainStage.webHosts().build());
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_LIMIT_EXCEEDED,
        "at most 1",
        () ->
            deployments()
                .create(
                    DeploymentRequest.to("web", "test").revision(stage.version("1.0")).build()));
    assertThat(stage.domain().revisions().list("web", RevisionQuery.ALL, null).items())
        .containsExactly(stage.version("1.0"));
    stage.transport().proceed();
    stage.end(active);
  }

  @Test
  void a_plan_that_cannot_be_made_leaves_no_trace() {
    assertThat(
            catchThrowable(
                () ->
                    deployments()
                        .create(
                            DeploymentRequest.to("web", "prod")
                                .revision(stage.version("9.9"))
                                .build())))
        .isInstanceOf(DeployException.class);
    assertThat(stage.domain().revisions().list("web", RevisionQuery.ALL, null).items()).isEmpty();
    assertThat(deployments().list(DeploymentQuery.ALL, null).items()).isEmpty();
  }

  @Test
  void a_group_without_hosts_fails_with_no_instances() {
    stage
        .domain()
        .deploymentGroups()
        .update("web", "prod", GroupSettings.builder().hosts(TagSelection.NONE).build());

    DeploymentId id = stage.deployed("1.0");

    assertThat(Objects.requireNonNull(info(id).error()).code()).isEqualTo(ErrorCode.NO_INSTANCES);
    assertThat(info(id).startedAt()).isNull();
    assertThat(info(id).completedAt()).isNotNull();
  }

  @Test
  void outdated_hosts_only_are_those_that_do_not_have_the_revision_for_certain() {
    stage.deployed("1.0");
    stage.host("web-4", Map.of("role", "web"));

    DeploymentId id = deployments().create(request().updateOutdatedInstancesOnly(true).build());

    assertThat(stage.end(id).hosts())
        .extracting(host -> host.host().value())
        .containsExactly("web-4");
    assertThat(info(id).options().updateOutdatedInstancesOnly()).isTrue();
  }

  @Test
  void a_restart_deploys_the_target_revision_again_although_its_files_have_changed()
      throws IOException {
    stage.deployed("1.0");
    Path directory = Path.of(Objects.requireNonNull(stage.version("1.0").local()).path());
    Files.writeString(directory.resolve("version"), "1.0, changed");

    DeploymentId id =
        deployments()
            .create(DeploymentRequest.to("web", "prod").mode(DeploymentMode.RESTART).build());
    stage.end(id);

    assertThat(info(id).revision()).isEqualTo(stage.version("1.0"));
    assertThat(info(id).options().mode()).isEqualTo(DeploymentMode.RESTART);
    assertThat(stage.domain().drift("web", "prod").drifted()).isFalse();
  }

  @Test
  void a_revision_from_elsewhere_comes_from_its_source() {
    RevisionLocation commit = RevisionLocation.gitHub("acme/web", "a".repeat(40));

    DeploymentId id =
        deployments().create(DeploymentRequest.to("web", "prod").revision(commit).build());
    stage.end(id);

    assertThat(info(id).revision()).isEqualTo(commit);
    assertThat(stage.domain().deploymentGroups().get("web", "prod").targetRevision())
        .isEqualTo(commit);
  }

  @Test
  void deployments_are_listed_newest_first_by_group_status_and_time() {
    DeploymentId first = stage.deployed("1.0");
    stage.failEverywhere();
    DeploymentId second = stage.deployed("2.0");
    Instant between = info(second).createdAt();

    assertThat(deployments().list(DeploymentQuery.ALL, null).items())
        .containsExactly(second, first);
    assertThat(
            deployments()
                .list(
                    new DeploymentQuery("web", "prod", Set.of(DeploymentStatus.FAILED), null, null),
                    null)
                .items())
        .containsExactly(second);
    assertThat(
            deployments()
                .list(new DeploymentQuery(null, null, Set.of(), between, null), null)
                .items())
        .containsExactly(second);
    assertThat(
            deployments()
                .list(new DeploymentQuery(null, null, Set.of(), null, between.minusNanos(1)), null)
                .items())
        .containsExactly(first);
    assertThat(deployments().get(List.of(first.value(), "d-ZZZZZZZZZ"))).hasSize(1);
    DomainStage.assertRefused(
        DomainError.INVALID_TIME_RANGE,
        "after its end",
        () ->
            deployments()
                .list(
                    new DeploymentQuery(null, null, Set.of(), between, between.minusNanos(1)),
                    null));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_GROUP_NAME_REQUIRED,
        "missing",
        () -> deployments().list(new DeploymentQuery("web", null, Set.of(), null, null), null));
    DomainStage.assertRefused(
        DomainError.APPLICATION_NAME_REQUIRED,
        "'prod'",
        () -> deployments().list(new DeploymentQuery(null, "prod", Set.of(), null, null), null));
  }

  @Test
  void an_id_is_needed_in_its_form_and_known() {
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_ID_REQUIRED, "missing", () -> deployments().get(""));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_ID_REQUIRED, "missing", () -> deployments().get(List.of()));
    DomainStage.assertRefused(
        DomainError.INVALID_DEPLOYMENT_ID, "'d-1'", () -> deployments().get("d-1"));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_DOES_NOT_EXIST,
        "d-ZZZZZZZZZ",
        () -> deployments().get("d-ZZZZZZZZZ"));
    DomainStage.assertRefused(
        DomainError.BATCH_LIMIT_EXCEEDED,
        "at most 25",
        () -> deployments().get(Collections.nCopies(26, "d-ZZZZZZZZZ")));
  }

  @Test
  void a_stop_is_pending_then_done_and_refused_for_what_is_over_otherwise() {
    DeploymentId succeeded = stage.deployed("1.0");
    stage.transport().hold();
    DeploymentId id = stage.deploy("2.0");

    assertThat(deployments().stop(id.value(), null)).isEqualTo(StopStatus.PENDING);
    stage.transport().proceed();
    stage.end(id);

    assertThat(deployments().stop(id.value(), null)).isEqualTo(StopStatus.SUCCEEDED);
    assertThat(Objects.requireNonNull(info(id).error()).code()).isEqualTo(ErrorCode.MANUAL_STOP);
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_ALREADY_COMPLETED,
        "Succeeded",
        () -> deployments().stop(succeeded.value(), null));
  }

  @Test
  void whoever_stops_may_want_the_last_revision_back_whatever_was_configured() {
    stage.deployed("1.0");
    stage.transport().hold();
    DeploymentId id = stage.deploy("2.0");

    deployments().stop(id.value(), true);
    stage.transport().proceed();
    stage.end(id);

    DeploymentId rollback =
        Objects.requireNonNull(Objects.requireNonNull(info(id).rollback()).rollback());
    assertThat(stage.end(rollback).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void many_who_create_at_once_get_one_deployment_and_one_clear_refusal_each() throws Exception {
    stage.transport().hold();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Object>> all =
          Collections.nCopies(
              4,
              () -> {
                try {
                  return stage.deploy("1.0");
                } catch (DomainException e) {
                  return e.error();
                }
              });
      List<Object> answers = new ArrayList<>();
      for (Future<Object> answer : threads.invokeAll(all)) {
        answers.add(answer.get());
      }
      assertThat(answers).filteredOn(DomainError.DEPLOYMENT_LIMIT_EXCEEDED::equals).hasSize(3);
      assertThat(answers).filteredOn(DeploymentId.class::isInstance).hasSize(1);
    } finally {
      threads.shutdownNow();
      stage.transport().proceed();
    }
  }
}
