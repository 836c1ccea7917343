package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.examples.cli.file.RolloutFile;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The document on rollouts: each file can be read, says what the code beside it says, and is drawn
 * as it is shown.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RolloutsDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "..", "docs", "rollouts.md");
  private static final Path CODE =
      Path.of("src/test/java/dev/slipway/examples/cli/RolloutsInDocs.java");

  @TempDir private Path directory;

  static Stream<Arguments> rollouts() {
    return Stream.of(
        rollout("One box, then the rest", RolloutsInDocs::oneBox),
        rollout("1, 5 %, 25 %, the rest", RolloutsInDocs::growingWaves),
        rollout("Zone by zone", RolloutsInDocs::zoneByZone),
        rollout("Canary with approval", RolloutsInDocs::canary),
        rollout("Blue/green", RolloutsInDocs::blueGreen));
  }

  private static Arguments rollout(String title, UnaryOperator<RolloutBuilder> code) {
    return Arguments.of(title, code);
  }

  @BeforeEach
  void writeFleet() throws IOException {
    Files.writeString(directory.resolve("hosts.yml"), block(document(), "The fleet", "yaml"));
    Files.writeString(
        directory.resolve("colours.yml"), block(document(), "Blue and green hosts", "yaml"));
    Path bundle = Files.createDirectories(directory.resolve("web-1.8.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rollouts")
  void a_file_says_what_the_code_beside_it_says(String title, UnaryOperator<RolloutBuilder> code)
      throws IOException {
    RolloutSpec file = RolloutFile.read(write(title)).spec();

    RolloutSpec java =
        code.apply(
                new RolloutBuilder(
                    "web",
                    "prod",
                    spec -> {
                      throw new UnsupportedOperationException();
                    }))
            .revision(Revision.localDirectory(directory.resolve("web-1.8.0")))
            .to(file.hosts().selector())
            .spec();

    assertThat(java.guards()).isEqualTo(file.guards());
    assertThat(java.pace().strategy()).isEqualTo(file.pace().strategy());
    assertThat(java.pace().limits()).isEqualTo(file.pace().limits());
    assertThat(java.pace().config().minimumHealthyHosts())
        .isEqualTo(file.pace().config().minimumHealthyHosts());
    assertThat(java.pace().config().zonalConfig()).isEqualTo(file.pace().config().zonalConfig());
    assertThat(java.hosts().order()).isEqualTo(file.hosts().order());
    assertThat(java.traffic()).isEqualTo(file.traffic());
    assertThat(java.options()).isEqualTo(file.options());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rollouts")
  void a_file_is_drawn_as_the_document_shows(String title, UnaryOperator<RolloutBuilder> code)
      throws IOException {
    List<String> drawn =
        run("plan", "-f", write(title).toString(), "--state", directory.resolve("state").toString())
            .filter(line -> !line.startsWith("  digest "))
            .toList();

    assertThat(String.join("\n", drawn)).isEqualTo(block(document(), title, "text"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rollouts")
  void a_file_succeeds_in_a_simulation(String title, UnaryOperator<RolloutBuilder> code)
      throws IOException {
    assertThat(run("simulate", "-f", write(title).toString()).findFirst()).contains("Succeeded");
  }

  @Test
  void the_code_of_the_document_is_compiled() throws IOException {
    String compiled = withoutIndents(Files.readString(CODE));

    List<String> shown =
        Pattern.compile("(?s)```java\n(.*?)\n```")
            .matcher(document())
            .results()
            .map((MatchResult code) -> withoutIndents(code.group(1)))
            .toList();

    assertThat(shown).hasSizeGreaterThan(5).allMatch(compiled::contains);
  }

  private Path write(String title) throws IOException {
    return Files.writeString(
        directory.resolve("rollout.yml"), block(document(), title, "yaml") + "\n");
  }

  private static String document() throws IOException {
    return Files.readString(DOCUMENT);
  }

  /** Returns the first block of a kind below a heading. */
  private static String block(String document, String title, String kind) {
    String section = document.substring(document.indexOf("## " + title + "\n"));
    int from = section.indexOf("```" + kind + "\n") + kind.length() + 4;
    return section.substring(from, section.indexOf("\n```", from));
  }

  private static Stream<String> run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), Map.of());
    int code = SlipwayCommand.run(console, args);
    assertThat(code).describedAs(err.toString()).isZero();
    return out.toString().lines();
  }

  private static String withoutIndents(String text) {
    return text.replaceAll("(?m)^ +", "");
  }
}
