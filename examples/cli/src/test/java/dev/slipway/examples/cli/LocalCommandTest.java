package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalCommandTest {

  private final StringWriter out = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(out), new PrintWriter(new StringWriter()), Map.of());

  @TempDir Path directory;

  @Test
  void takes_the_arguments_of_codedeploy_local() throws Exception {
    Path bundle = Files.createDirectory(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("index.html"), "hello");
    Files.writeString(
        bundle.resolve("appspec.yml"),
        "version: 0.0\nos: linux\nfiles:\n  - source: index.html\n    destination: "
            + directory.resolve("www"));
    Path configuration = directory.resolve("agent.yml");
    Files.writeString(configuration, ":root_dir: " + directory.resolve("root"));

    int code =
        SlipwayCommand.run(
            console, "local", "-l", bundle.toString(), "-c", configuration.toString());

    assertThat(out.toString()).endsWith("AppSpec file valid. Local deployment successful\n");
    assertThat(code).isZero();
    assertThat(directory.resolve("www/index.html")).hasContent("hello");
  }

  @Test
  void shows_its_own_help() {
    int code = SlipwayCommand.run(console, "local", "--help");

    assertThat(code).isZero();
    assertThat(out.toString()).startsWith("Usage: slipway local").contains("--bundle-location");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          web-1                         | 2 | ERROR: --via must be ssh://[user@]host[:port]
          ssh://ann:s3cret@web-1        | 2 | ERROR: --via must not hold a password
          ssh://web-1?colour=red        | 2 | there is no setting colour for SSH; there are adopt, agent,
          ssh://web-1:0                 | 2 | port must be a number from 1 to 65535, but was "0"
          ssh://127.0.0.1:1?jump=none&password=env:PATH | 1 | Nothing answers at 127.0.0.1:1
          """)
  void a_place_that_makes_no_sense_is_bad_input_and_one_that_is_away_is_a_failure(
      String place, int code, String message) throws Exception {
    Path bundle = Files.createDirectory(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");

    assertThat(SlipwayCommand.run(console, "local", "-l", bundle.toString(), "--via", place))
        .as(out::toString)
        .isEqualTo(code);
    assertThat(out.toString()).contains(message);
  }
}
