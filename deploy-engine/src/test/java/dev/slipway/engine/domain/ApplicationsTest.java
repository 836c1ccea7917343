package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.domain.Application;
import dev.slipway.domain.Applications;
import dev.slipway.domain.DeploymentGroup;
import dev.slipway.domain.DeploymentQuery;
import dev.slipway.domain.Page;
import dev.slipway.domain.Quota;
import dev.slipway.domain.Quotas;
import dev.slipway.domain.RevisionQuery;
import dev.slipway.failure.DomainError;
import dev.slipway.rollout.RolloutResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ApplicationsTest {

  private DomainStage stage;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    stage =
        new DomainStage(
            directory, builder -> builder.quotas(Quotas.USUAL.with(Quota.APPLICATIONS, 150)));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Applications applications() {
    return stage.domain().applications();
  }

  @Test
  void an_application_has_an_id_that_stays_when_it_is_renamed() {
    Application created = applications().create("web");

    Application renamed = applications().rename("web", "shop");

    assertThat(created.id()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-.*");
    assertThat(renamed.id()).isEqualTo(created.id());
    assertThat(applications().get("shop")).isEqualTo(renamed);
    assertThat(applications().list(null).items()).containsExactly("shop");
    DomainStage.assertRefused(
        DomainError.APPLICATION_DOES_NOT_EXIST, "'web'", () -> applications().get("web"));
  }

  @Test
  void a_name_is_needed_in_its_form_and_once() {
    applications().create("web");
    applications().create("Web");

    DomainStage.assertRefused(
        DomainError.APPLICATION_NAME_REQUIRED, "missing", () -> applications().create(""));
    DomainStage.assertRefused(
        DomainError.INVALID_APPLICATION_NAME, "'a/b'", () -> applications().create("a/b"));
    DomainStage.assertRefused(
        DomainError.INVALID_APPLICATION_NAME,
        "1 to 100",
        () -> applications().create("x".repeat(101)));
    DomainStage.assertRefused(
        DomainError.APPLICATION_ALREADY_EXISTS, "'web'", () -> applications().create("web"));
    DomainStage.assertRefused(
        DomainError.APPLICATION_ALREADY_EXISTS, "'Web'", () -> applications().rename("web", "Web"));
    assertThat(applications().rename("web", "web").name()).isEqualTo("web");
  }

  @Test
  void there_are_as_many_applications_as_the_quota_says_and_they_are_listed_by_the_hundred() {
    for (int number = 0; number < 150; number++) {
      applications().create("app-%03d".formatted(number));
    }
    DomainStage.assertRefused(
        DomainError.APPLICATION_LIMIT_EXCEEDED,
        "at most 150",
        () -> applications().create("one-more"));

    Page<String> first = applications().list(null);
    Page<String> second = applications().list(first.nextToken());

    assertThat(first.items()).hasSize(100).startsWith("app-000").endsWith("app-099");
    assertThat(second.items()).hasSize(50).startsWith("app-100").endsWith("app-149");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void a_token_is_good_for_its_own_list_only() {
    for (int number = 0; number < 101; number++) {
      applications().create("app-" + number);
    }
    String token = applications().list(null).nextToken();

    DomainStage.assertRefused(
        DomainError.INVALID_NEXT_TOKEN,
        "not of this list",
        () -> stage.domain().deploymentConfigs().list(token));
    DomainStage.assertRefused(
        DomainError.INVALID_NEXT_TOKEN, "'!'", () -> applications().list("!"));
  }

  @Test
  void at_most_a_hundred_are_read_at_once_and_unknown_ones_left_out() {
    applications().create("web");

    assertThat(applications().get(List.of("web", "api")))
        .extracting(Application::name)
        .containsExactly("web");
    DomainStage.assertRefused(
        DomainError.BATCH_LIMIT_EXCEEDED,
        "at most 100",
        () -> applications().get(Collections.nCopies(101, "web")));
  }

  @Test
  void a_deleted_application_takes_groups_revisions_and_history_with_it() {
    stage.webProd();
    DeploymentId deployment = stage.deployed("1.0");

    applications().delete("web");
    applications().delete("web");

    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_DOES_NOT_EXIST,
        deployment.value(),
        () -> stage.domain().deployments().get(deployment.value()));
    assertThat(stage.domain().deployments().list(DeploymentQuery.ALL, null).items()).isEmpty();
    stage.webProd();
    DeploymentGroup anew = stage.domain().deploymentGroups().get("web", "prod");
    assertThat(anew.targetRevision()).isNull();
    assertThat(anew.lastAttempted()).isNull();
    assertThat(stage.domain().revisions().list("web", RevisionQuery.ALL, null).items()).isEmpty();
    assertThat(stage.end(stage.deploy("2.0")).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void deleting_an_application_ends_what_runs_as_failed() {
    stage.webProd();
    stage.transport().hold();
    DeploymentId deployment = stage.deploy("1.0");

    applications().delete("web");
    stage.transport().proceed();

    RolloutResult result = stage.end(deployment);
    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(result.error()).extracting("code").isEqualTo(ErrorCode.APPLICATION_MISSING);
  }
}
