package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says and does about this machine as a host. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;
  private String root = "";

  @BeforeEach
  void deploy() throws IOException {
    root = directory.resolve("root").toString();
    Files.writeString(directory.resolve("agent.yml"), ":root_dir: " + root);
    Path bundle = Files.createDirectory(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("index.html"), "hello");
    Files.writeString(
        bundle.resolve("appspec.yml"),
        "version: 0.0\nos: linux\nfiles:\n  - source: index.html\n    destination: "
            + directory.resolve("www"));
    assertThat(run("local", "-l", bundle.toString(), "-c", agent(), "-g", "web")).isZero();
  }

  @Test
  void says_in_words_what_is_on_this_machine() {
    assertThat(run("host", "status", "--root", root)).isZero();

    assertThat(out.toString())
        .startsWith("deployment root " + root + "\ndeployment group web\n  installed   d-")
        .contains("  files       complete, 2 listed, 0 of them gone\n")
        .contains(", revision unpacked\n");
  }

  @Test
  void says_as_a_document_what_is_on_this_machine() throws IOException {
    Files.delete(directory.resolve("www/index.html"));

    assertThat(run("host", "status", "-c", agent(), "--json")).isZero();

    JsonNode answer = JsonText.parsed(out.toString());
    JsonNode group = answer.get("groups").get(0);
    assertThat(answer.get("root").asText()).isEqualTo(root);
    assertThat(group.get("group").asText()).isEqualTo("web");
    assertThat(group.get("install").get("state").asText()).isEqualTo("complete");
    assertThat(group.get("install").get("missing").asInt()).isEqualTo(1);
    assertThat(group.get("install").get("remedy").asText()).startsWith("What is gone was removed");
    assertThat(group.get("lastInstalled").get("isThere").asBoolean()).isTrue();
    assertThat(group.get("deployments").get(0).get("unpacked").asBoolean()).isTrue();
  }

  @Test
  void says_that_nothing_was_deployed() {
    assertThat(run("host", "status", "--root", directory.resolve("nothing").toString())).isZero();

    assertThat(out.toString()).endsWith("/nothing\n  nothing was deployed here\n");
  }

  @Test
  void takes_no_rollout_for_a_host() {
    assertThat(run("status", "--host", "d-ABCDEF123")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString())
        .isEqualTo("slipway: --host is about this machine and takes no ID, but got d-ABCDEF123.\n");
  }

  @Test
  void forgets_the_last_install_of_a_group_that_is_there() {
    assertThat(run("host", "forget", "wob", "--root", root)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString())
        .isEqualTo(
            "slipway: there is no deployment group wob on %s (did you mean web?); \"slipway host"
                    .formatted(root)
                + " status\" lists them.\n");

    assertThat(run("host", "forget", "web", "--root", root)).isZero();
    assertThat(out.toString())
        .isEqualTo("forgotten: the next deployment of web stops nothing first\n");
    assertThat(run("host", "forget", "web", "--root", root)).isZero();
    assertThat(out.toString()).isEqualTo("web has no last install to forget\n");
  }

  @Test
  void gives_what_one_group_has_installed_to_another() {
    assertThat(run("host", "adopt", "shop", "--from", "web", "--root", root)).isZero();
    assertThat(out.toString()).isEqualTo("2 files and directories of web are now those of shop\n");

    assertThat(run("host", "adopt", "web", "--from", "web", "--root", root))
        .isEqualTo(ExitCode.BAD_INPUT);
  }

  private String agent() {
    return directory.resolve("agent.yml").toString();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), Map.of());
    return SlipwayCommand.run(console, arguments);
  }
}
