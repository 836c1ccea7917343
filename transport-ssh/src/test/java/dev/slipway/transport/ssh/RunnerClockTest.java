package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process that ends a script in time, when a deployment ends. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class RunnerClockTest {

  private static final RunnerRequest REQUEST =
      new RunnerRequest("/root", "group", "d-AAAAAAAA1", "appspec.yml", "appspec.yaml", "", "");

  /** As the process that runs events does, which hears TERM. */
  private static final String PREPARE =
      """

      link=.
      trap : TERM
      true &
      wait "$!"
      echo "9 ." >timer
      : >timers
      sleep() {
        : >sleeping
        exec sleep "$1"
      }
      (watch_the_clock 30000) </dev/null 2>/dev/null &
      birth_of "$!" && echo "$! $birth ." >timers
      """;

  @TempDir private Path directory;

  /** Returns what it says, when it and all that it has started have ended. */
  private String run(Shell shell, String rest) throws IOException {
    assumeTrue(shell.isInstalled(), () -> shell + " is not installed");
    String path = shell.path(directory.resolve("programs"));
    List<String> arguments = RunnerScript.load().arguments(REQUEST);
    String source = arguments.get(3) + "\n" + arguments.get(arguments.size() - 1) + PREPARE + rest;
    ProcessBuilder builder =
        new ProcessBuilder(
            shell.command(directory.resolve("programs"), List.of("-c", source, "slipway", "test")));
    builder.environment().put("PATH", path);
    Process process = builder.directory(directory.toFile()).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void ends_though_it_has_only_just_been_started(Shell shell) throws IOException {
    assertThat(run(shell, "stop_the_clocks; wait \"$!\"; echo ended")).isEqualTo("ended\n");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void ends_with_what_it_waits_for(Shell shell) throws IOException {
    assertThat(
            run(
                shell,
                """
                until [ -f sleeping ]; do :; done
                stop_the_clocks
                wait "$!"
                echo ended
                """))
        .isEqualTo("ended\n");
  }
}
