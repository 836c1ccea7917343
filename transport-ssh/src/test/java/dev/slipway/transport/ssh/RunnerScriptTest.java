package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RunnerScriptTest {

  private static final RunnerRequest REQUEST =
      new RunnerRequest(
          "/root's/root", "group", "d-AAAAAAAA1", "appspec.yml", "appspec.yaml", "", "");

  @TempDir private Path directory;

  /** What a shell reads that serves a connection, and what one reads that runs events. */
  private static List<String> sources(RunnerScript script) {
    List<String> arguments = script.arguments(REQUEST);
    String common = arguments.get(3) + "\n";
    return List.of(common + arguments.get(4), common + arguments.get(arguments.size() - 1));
  }

  @Test
  void travels_in_quotes_and_well_below_what_one_argument_may_have() {
    assertThat(sources(RunnerScript.load()))
        .allSatisfy(source -> assertThat(source).doesNotContain("'").hasSizeLessThan(64 * 1024));
  }

  @Test
  void its_command_line_gives_a_shell_back_what_went_in() throws IOException {
    String line =
        RunnerScript.load()
            .commandLine(REQUEST, false)
            .replaceFirst("exec sh ", "printf '%s\\\\n' ");

    Process shell = new ProcessBuilder("sh", "-c", line).start();

    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo(String.join("\n", RunnerScript.load().arguments(REQUEST)) + "\n");
  }

  @Test
  void sudo_never_asks() {
    assertThat(RunnerScript.load().commandLine(REQUEST, true))
        .startsWith("exec sudo -n -- sh '-c' ");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void every_shell_can_read_it(Shell shell) throws Exception {
    assumeTrue(shell.isInstalled(), () -> shell + " is not installed");
    for (String source : sources(RunnerScript.load())) {
      assertThat(problems(shell, source)).isEmpty();
    }
  }

  @Test
  void the_program_that_looks_is_read_by_every_shell_too() throws Exception {
    String look = sources(RunnerScript.load(HostLook.PARTS)).get(0);

    assertThat(look).doesNotContain("'");
    for (Shell shell : Shell.values()) {
      if (shell.isInstalled()) {
        assertThat(problems(shell, look)).as("%s", shell).isEmpty();
      }
    }
  }

  private String problems(Shell shell, String source) throws IOException {
    Path file = Files.writeString(directory.resolve("look"), source);
    shell.path(directory.resolve("programs"));
    Process process =
        new ProcessBuilder(
                shell.command(directory.resolve("programs"), List.of("-n", file.toString())))
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void shellcheck_finds_nothing() throws Exception {
    shellcheckFindsNothing(RunnerScript.SERVE, "");
    shellcheckFindsNothing(RunnerScript.WORK, "");
  }

  /** It leaves out what uses some of the variables of its parts. */
  @Test
  void shellcheck_finds_nothing_in_the_program_that_looks() throws Exception {
    shellcheckFindsNothing(HostLook.PARTS, "SC2034,SC2154,SC2317");
  }

  private void shellcheckFindsNothing(List<String> parts, String but) throws Exception {
    assumeTrue(Shell.find("shellcheck").isPresent(), "shellcheck is not installed");
    StringBuilder whole = new StringBuilder();
    List<String> all = new ArrayList<>(List.of(RunnerScript.COMMON));
    all.addAll(parts);
    for (String part : all) {
      try (InputStream in = RunnerScript.class.getResourceAsStream(part)) {
        assertThat(in).isNotNull();
        whole.append(new String(in.readAllBytes(), UTF_8));
      }
    }
    Path file = Files.writeString(directory.resolve("runner.sh"), whole);

    Process process =
        new ProcessBuilder("shellcheck", "--exclude=" + but, file.toString())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "it's", "''", "$x `y` \\ \" \n *"})
  void quotes_any_text_as_one_word(String text) throws IOException {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf %s " + RunnerScript.quoted(text)).start();

    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8)).isEqualTo(text);
  }
}
