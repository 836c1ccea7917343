package dev.slipway.engine.domain;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.domain.DeploymentInfo;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.Domain;
import dev.slipway.domain.DriftReport;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.TagSelection;
import dev.slipway.fleet.TagFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/domain.md shows in Java is what is run here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class DomainDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/domain.md");
  private static final Path THIS =
      Path.of("src/test/java/dev/slipway/engine/domain/DomainDocumentTest.java");

  @Test
  void the_example_deploys_to_a_group_that_is_kept(@TempDir Path directory) throws IOException {
    try (DomainStage stage = new DomainStage(directory)) {
      Deployer deployer = stage.deployer();
      String bundle = Objects.requireNonNull(stage.version("1.0").local()).path();

      Domain domain = deployer.domain();
      domain.applications().create("web");
      domain
          .deploymentGroups()
          .create(
              "web",
              "prod",
              GroupSettings.builder()
                  .hosts(TagSelection.anyOf(TagFilter.of("role", "web")))
                  .deploymentConfig("CodeDeployDefault.HalfAtATime")
                  .build());

      DeploymentId id =
          domain
              .deployments()
              .create(
                  DeploymentRequest.to("web", "prod")
                      .revision(RevisionLocation.local(bundle))
                      .build());
      deployer.attach(id).await(Duration.ofHours(1));

      DeploymentInfo info = domain.deployments().get(id.value());
      DriftReport drift = domain.drift("web", "prod");

      assertThat(info.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
      assertThat(drift.drifted()).isFalse();
    }
  }

  @Test
  void the_document_shows_that_example() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf("```java\n") + "```java\n".length();
    String example = document.substring(begin, document.indexOf("```", begin));

    assertThat(withoutSpace(Files.readString(THIS))).contains(withoutSpace(example));
  }

  private static String withoutSpace(String text) {
    return text.lines().map(line -> line.replace(" ", "")).collect(joining());
  }
}
