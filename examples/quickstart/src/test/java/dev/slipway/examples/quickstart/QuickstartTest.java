package dev.slipway.examples.quickstart;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.examples.fleet.SshFleet;
import dev.slipway.examples.sample.SampleRevision;
import dev.slipway.examples.sample.SampleSite;
import dev.slipway.rollout.RolloutResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QuickstartTest {

  private static final Path SOURCE =
      Path.of("src/main/java/dev/slipway/examples/quickstart/Quickstart.java");
  private static final Path README = Path.of("../../README.md");

  @TempDir private Path directory;

  @Test
  void deploys_to_real_ssh_servers() throws IOException {
    Path bundle = SampleRevision.version("1.0").writeTo(directory);
    try (SshFleet fleet = SshFleet.start(directory.resolve("fleet"), 3)) {
      List<SampleSite> sites = SampleSite.on(fleet);
      try {
        RolloutResult result =
            Quickstart.deploy(fleet.files().inventory(), bundle, directory.resolve("state"));

        assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(sites).allSatisfy(site -> assertThat(site.versionInService()).contains("1.0"));
      } finally {
        SampleSite.stop(sites);
      }
    }
  }

  @Test
  void is_what_the_readme_shows() throws IOException {
    List<String> lines = Files.readAllLines(SOURCE);
    int begin = lines.indexOf("    try (Deployer deployer =");
    int end = lines.indexOf("    }");

    String example =
        lines.subList(begin, end + 1).stream()
            .map(line -> line.isEmpty() ? "" : line.substring(4))
            .collect(joining("\n"));

    assertThat(Files.readString(README)).contains("```java\n" + example + "\n```");
  }
}
