package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.revision.BundleType;
import dev.slipway.spi.revision.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The keys of an AppSpec that CodeDeploy does not have, on a host. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OwnKeysOnHostTest extends LocalHost {

  @ParameterizedTest
  @EnumSource(Shell.class)
  void carries_arguments_variables_and_exclusions(Shell on) throws IOException {
    use(on);
    Bundle bundle =
        revision("1")
            .file(
                "appspec.yml",
                """
                version: 0.0
                os: linux
                files:
                  - source: app
                    destination: /srv/app
                    exclude: ["*.log", /tmp/]
                hooks:
                  AfterInstall:
                    - location: scripts/a=b.sh
                      args: [two words, "it's $HOME", "two\\nlines"]
                      environment: {COLOUR: "light blue", DEPLOYMENT_ID: d-9}
                    - location: scripts/plain.sh
                """)
            .file("app/index.html", "1")
            .file("app/debug.log", "1")
            .file("app/tmp/x", "1")
            .script("scripts/a=b.sh", "echo \"$# <$1> <$2> <$3> <$COLOUR> $DEPLOYMENT_ID\"")
            .script("scripts/plain.sh", "echo \"$# [$COLOUR]\"")
            .pack(BundleType.TGZ);

    assertThat(deploy("d-AAAAAAAA1", bundle))
        .allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
    assertThat(heard.output())
        .contains("[stdout]3 <two words> <it's $HOME> <two\n")
        .contains("lines> <light blue> d-AAAAAAAA1\n", "[stdout]0 []\n");
    try (Stream<Path> installed = Files.list(root.resolve("srv/app"))) {
      assertThat(installed).containsExactly(root.resolve("srv/app/index.html"));
    }
  }
}
