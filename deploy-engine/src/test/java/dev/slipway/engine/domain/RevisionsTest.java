package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.Page;
import dev.slipway.domain.RegisteredRevision;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.RevisionQuery;
import dev.slipway.domain.RevisionQuery.Deployed;
import dev.slipway.domain.RevisionQuery.SortBy;
import dev.slipway.domain.RevisionType;
import dev.slipway.domain.Revisions;
import dev.slipway.failure.DomainError;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class RevisionsTest {

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

  private Revisions revisions() {
    return stage.domain().revisions();
  }

  private static RevisionLocation s3(String bucket, String key, @Nullable String eTag) {
    return RevisionLocation.s3(new RevisionLocation.S3(bucket, key, BundleType.ZIP, null, eTag));
  }

  @Test
  void a_revision_is_the_same_by_bucket_key_version_and_etag_without_its_quotes() {
    revisions().register("web", s3("rel", "web-1.zip", "\"9a0f\""), "first");

    assertThat(revisions().get("web", s3("rel", "web-1.zip", "9a0f")).description())
        .isEqualTo("first");
    DomainStage.assertRefused(
        DomainError.REVISION_DOES_NOT_EXIST,
        "s3://rel/web-1.zip",
        () -> revisions().get("web", s3("rel", "web-1.zip", null)));

    revisions().register("web", s3("rel", "web-1.zip", "9a0f"), "again");
    assertThat(revisions().list("web", RevisionQuery.ALL, null).items()).hasSize(1);
    assertThat(revisions().get("web", s3("rel", "web-1.zip", "9a0f")).description())
        .isEqualTo("again");
  }

  @Test
  void a_location_is_complete_and_fits_its_type() {
    assertInvalid(new RevisionLocation(RevisionType.S3, null, null, null, null));
    assertInvalid(
        new RevisionLocation(RevisionType.S3, new RevisionLocation.Local("/a"), null, null, null));
    assertInvalid(s3("", "key", null));
    assertInvalid(s3("bucket", "", null));
    assertInvalid(
        RevisionLocation.s3(new RevisionLocation.S3("b", "k", BundleType.DIRECTORY, null, null)));
    assertInvalid(RevisionLocation.gitHub("web", "a".repeat(40)));
    assertInvalid(RevisionLocation.gitHub("acme/web", "main"));
    assertInvalid(RevisionLocation.local(" "));
    revisions().register("web", RevisionLocation.gitHub("acme/web", "a".repeat(40)), null);
    DomainStage.assertRefused(
        DomainError.APPLICATION_DOES_NOT_EXIST,
        "'api'",
        () -> revisions().register("api", s3("b", "k", null), null));
  }

  private void assertInvalid(RevisionLocation location) {
    DomainStage.assertRefused(
        DomainError.INVALID_REVISION, "", () -> revisions().register("web", location, null));
  }

  @Test
  void a_deployment_registers_what_it_uses_and_notes_when() {
    DeploymentId first = stage.deployed("1.0");
    RegisteredRevision once = revisions().get("web", stage.version("1.0"));
    stage.deployed("2.0");
    stage.deployed("1.0");

    RegisteredRevision twice = revisions().get("web", stage.version("1.0"));

    assertThat(once.description())
        .isEqualTo("Application revision registered by Deployment ID: " + first);
    assertThat(once.firstUsedAt()).isEqualTo(once.lastUsedAt()).isNotNull();
    assertThat(twice.firstUsedAt()).isEqualTo(once.firstUsedAt());
    assertThat(twice.lastUsedAt()).isAfter(once.lastUsedAt());
    assertThat(twice.deploymentGroups()).containsExactly("prod");
    assertThat(revisions().get("web", stage.version("2.0")).deploymentGroups()).isEmpty();
  }

  @Test
  void revisions_are_sorted_by_a_time_and_filtered_by_bucket_prefix_and_deployment() {
    revisions().register("web", s3("rel", "web/1.zip", null), null);
    revisions().register("web", s3("rel", "api/1.zip", null), null);
    revisions().register("web", s3("old", "web/0.zip", null), null);
    stage.deployed("1.0");
    stage.deployed("2.0");

    assertThat(list(new RevisionQuery(SortBy.REGISTER_TIME, true, null, null, Deployed.IGNORE)))
        .containsExactly(
            s3("rel", "web/1.zip", null),
            s3("rel", "api/1.zip", null),
            s3("old", "web/0.zip", null),
            stage.version("1.0"),
            stage.version("2.0"));
    assertThat(list(new RevisionQuery(SortBy.LAST_USED_TIME, false, null, null, Deployed.IGNORE)))
        .startsWith(stage.version("2.0"), stage.version("1.0"))
        .hasSize(5);
    assertThat(list(new RevisionQuery(SortBy.FIRST_USED_TIME, true, "rel", null, Deployed.IGNORE)))
        .containsExactlyInAnyOrder(s3("rel", "api/1.zip", null), s3("rel", "web/1.zip", null));
    assertThat(list(new RevisionQuery(SortBy.REGISTER_TIME, true, "rel", "web/", Deployed.IGNORE)))
        .containsExactly(s3("rel", "web/1.zip", null));
    assertThat(list(new RevisionQuery(SortBy.REGISTER_TIME, true, null, null, Deployed.INCLUDE)))
        .containsExactly(stage.version("2.0"));
    assertThat(list(new RevisionQuery(SortBy.REGISTER_TIME, true, null, null, Deployed.EXCLUDE)))
        .hasSize(4)
        .doesNotContain(stage.version("2.0"));
    DomainStage.assertRefused(
        DomainError.BUCKET_NAME_FILTER_REQUIRED,
        "'web/'",
        () -> list(new RevisionQuery(SortBy.REGISTER_TIME, true, null, "web/", Deployed.IGNORE)));
  }

  private List<RevisionLocation> list(RevisionQuery query) {
    return revisions().list("web", query, null).items();
  }

  @Test
  void revisions_are_listed_by_the_hundred_in_either_order() {
    for (int number = 0; number < 120; number++) {
      revisions().register("web", s3("rel", "%03d".formatted(number), null), null);
    }
    RevisionQuery newestFirst =
        new RevisionQuery(SortBy.REGISTER_TIME, false, null, null, Deployed.IGNORE);

    Page<RevisionLocation> first = revisions().list("web", newestFirst, null);
    Page<RevisionLocation> second = revisions().list("web", newestFirst, first.nextToken());

    assertThat(first.items()).hasSize(100).startsWith(s3("rel", "119", null));
    assertThat(second.items()).hasSize(20).endsWith(s3("rel", "000", null));
    DomainStage.assertRefused(
        DomainError.INVALID_NEXT_TOKEN,
        "not of this list",
        () -> revisions().list("web", RevisionQuery.ALL, first.nextToken()));
    DomainStage.assertRefused(
        DomainError.BATCH_LIMIT_EXCEEDED,
        "at most 25",
        () -> revisions().get("web", Collections.nCopies(26, s3("rel", "001", null))));
    DomainStage.assertRefused(
        DomainError.REVISION_REQUIRED, "named", () -> revisions().get("web", List.of()));
  }
}
