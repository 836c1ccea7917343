package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes at work in one state directory. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class SharedStateTest {

  @TempDir private Path directory;

  /** The first script to come waits in the middle of its event, with the test at both ends. */
  @BeforeEach
  void lay_out_a_fleet_and_a_bundle_whose_first_script_waits() throws Exception {
    write("hosts.yml", "hosts:\n  - name: web-[1-3]\n");
    write(
        "rollout.yml",
        """
        application: web
        deploymentGroup: prod
        revision: bundle
        transport: in-process
        hosts: {inventory: hosts.yml, order: BY_NAME}
        config: {minimumHealthyHosts: {type: HOST_COUNT, value: 1}}
        strategy: [1, 2, rest]
        """);
    write(
        "bundle/appspec.yml",
        """
        version: 0.0
        os: linux
        hooks:
          BeforeInstall:
            - location: hook.sh
          ApplicationStart:
            - location: hook.sh
          ValidateService:
            - location: hook.sh
        """);
    Path script =
        write(
            "bundle/hook.sh",
            """
            #!/bin/sh
            echo "$0 $DEPLOYMENT_ID $LIFECYCLE_EVENT" >>'%1$s/witness'
            echo "here is $LIFECYCLE_EVENT"
            if [ $LIFECYCLE_EVENT = ApplicationStart ] && mkdir '%1$s/first' 2>/dev/null; then
              echo runs >'%1$s/runs'
              read -r word <'%1$s/go-on'
            fi
            """
                .formatted(directory));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Process pipes = new ProcessBuilder("mkfifo", file("runs"), file("go-on")).inheritIO().start();
    assertThat(pipes.waitFor()).isZero();
  }

  @Test
  void another_process_looks_asks_for_a_stop_and_follows_to_the_end() throws Exception {
    Terminal owner = new Terminal();
    CompletableFuture<Integer> deploy =
        CompletableFuture.supplyAsync(
            () -> owner.run("deploy", "-f", file("rollout.yml"), "--state", file("state")));
    awaitScript();

    String id = newest();
    ObjectNode status = JsonText.parsed(answer("status", id, "--json"));
    assertThat(status.get("status").asText()).isEqualTo("InProgress");
    assertThat(status.get("driven").asBoolean()).isTrue();
    assertThat(status.get("overview").get("inProgress").asInt()).isEqualTo(1);
    assertThat(status.get("hosts")).hasSize(3);
    assertThat(answer("status")).contains(id, "InProgress", "web/prod", "1 running, 2 to come");
    assertThat(answer("explain", id)).contains(id + " InProgress");
    assertThat(answer("events", id, "--json").lines().map(JsonText::parsed))
        .isNotEmpty()
        .allMatch(event -> event.get("deployment").asText().equals(id));

    Terminal refused = new Terminal();
    assertThat(refused.run("deploy", "-f", file("rollout.yml"), "--state", file("state")))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err.toString()).contains("unfinished rollout " + id).hasLineCount(1);
    assertThat(refused.run("continue", id, "--state", file("state"))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err.toString()).contains(id + " is driven by another process");
    assertThat(refused.run("retry", id, "--state", file("state"))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err.toString()).contains(id + " is not over");

    Terminal follower = new Terminal();
    CompletableFuture<Integer> follow =
        CompletableFuture.supplyAsync(
            () -> follower.run("events", id, "--follow", "--state", file("state")));
    assertThat(answer("stop", id, "--reason", "enough")).contains(id + " was asked to stop");
    letScriptGoOn();

    assertThat(deploy.get()).isEqualTo(ExitCode.STOPPED);
    assertThat(follow.get()).isEqualTo(ExitCode.STOPPED);
    assertThat(follower.out.toString()).contains("stop requested: enough", "  Stopped");
    assertThat(refused.run("stop", id, "--state", file("state"))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err.toString()).contains(id + " is over: Stopped");

    Terminal again = new Terminal();
    assertThat(again.run("retry", id, "--state", file("state"))).isZero();
    assertThat(again.out.toString()).contains("  Succeeded");
    assertThat(answer("status").lines()).hasSize(2).first().asString().contains("Succeeded");
  }

  @Test
  void a_rollout_whose_process_was_killed_goes_on_and_no_script_runs_twice() throws Exception {
    String id = deployAndBeKilled();
    assertThat(answer("status", id)).contains("InProgress", "no process drives it");
    assertThat(answer("explain", id)).contains("no process drives it");
    Terminal refused = new Terminal();
    assertThat(refused.run("deploy", "-f", file("rollout.yml"), "--state", file("state")))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err.toString()).contains(id, "whose process is gone");
    letScriptGoOn();

    Terminal next = new Terminal();
    assertThat(next.run("continue", id, "--state", file("state"))).isZero();

    List<String> witness = Files.readAllLines(directory.resolve("witness"));
    assertThat(witness).doesNotHaveDuplicates().hasSize(2 + 3 + 3);
    ObjectNode status = JsonText.parsed(answer("status", id, "--json"));
    assertThat(status.get("status").asText()).isEqualTo("Succeeded");
    assertThat(status.get("overview").get("failed").asInt()).isEqualTo(1);
    assertThat(status.get("hosts").get(0).get("failedEvent").asText())
        .isEqualTo("ApplicationStart");
    assertThat(refused.run("continue", id, "--state", file("state"))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err.toString()).contains(id + " is over: Succeeded");
  }

  @Test
  void a_stop_that_nobody_heard_is_kept_until_somebody_goes_on() throws Exception {
    String id = deployAndBeKilled();
    letScriptGoOn();

    assertThat(answer("stop", id)).contains("no process drives it", "slipway continue " + id);

    assertThat(new Terminal().run("continue", id, "--state", file("state")))
        .isEqualTo(ExitCode.STOPPED);
  }

  @Test
  void a_rollout_rests_between_two_events_until_it_is_resumed_even_by_another_owner()
      throws Exception {
    String id = deployAndBeKilled();
    letScriptGoOn();
    assertThat(answer("pause", id, "--reason", "lunch")).contains("no process drives it");

    Terminal owner = new Terminal();
    CompletableFuture<Integer> goOn =
        CompletableFuture.supplyAsync(() -> owner.run("continue", id, "--state", file("state")));
    Terminal follower = new Terminal();
    awaitPause(id);
    assertThat(answer("status", id)).contains("paused since 20", ": lunch; go on with");
    assertThat(JsonText.parsed(answer("status", id, "--json")).get("paused").get("reason").asText())
        .isEqualTo("lunch");
    assertThat(answer("explain", id)).contains("paused since 20");
    assertThat(answer("resume", id, "--reason", "full")).contains(id + " was asked to resume");

    assertThat(goOn.get()).isZero();
    assertThat(follower.run("events", id, "--state", file("state"))).isZero();
    assertThat(follower.out.toString()).contains("  paused: lunch", "  resumed: full");
  }

  @Test
  void a_stop_with_a_grace_ends_what_runs() throws Exception {
    Terminal owner = new Terminal();
    CompletableFuture<Integer> deploy =
        CompletableFuture.supplyAsync(
            () -> owner.run("deploy", "-f", file("rollout.yml"), "--state", file("state")));
    awaitScript();
    String id = newest();

    ObjectNode asked = JsonText.parsed(answer("stop", id, "--grace", "0s", "--json"));
    assertThat(asked.get("deployment").asText()).isEqualTo(id);
    assertThat(asked.get("driven").asBoolean()).isTrue();
    assertThat(asked.get("running")).hasSizeLessThanOrEqualTo(1);

    assertThat(deploy.get()).isEqualTo(ExitCode.STOPPED);
    JsonNode overview = JsonText.parsed(answer("status", id, "--json")).get("overview");
    assertThat(overview.get("failed").asInt()).isEqualTo(1);
    assertThat(overview.get("skipped").asInt()).isEqualTo(2);
  }

  @Test
  void a_stop_that_is_waited_for_says_when_the_rollout_is_over() throws Exception {
    Terminal owner = new Terminal();
    CompletableFuture<Integer> deploy =
        CompletableFuture.supplyAsync(
            () -> owner.run("deploy", "-f", file("rollout.yml"), "--state", file("state")));
    awaitScript();
    String id = newest();

    assertThat(answer("stop", id, "--grace", "0s", "--wait")).isEqualTo(id + " is over: Stopped\n");

    assertThat(deploy.get()).isEqualTo(ExitCode.STOPPED);
  }

  @Test
  void a_stop_that_nobody_hears_is_not_waited_for() throws Exception {
    String id = deployAndBeKilled();
    letScriptGoOn();
    Terminal terminal = new Terminal();

    assertThat(terminal.run("stop", id, "--wait", "--state", file("state")))
        .isEqualTo(ExitCode.FAILED);
    assertThat(terminal.out.toString()).contains("no process drives it");
  }

  @Test
  void another_terminal_prints_what_scripts_print_while_they_run_and_afterwards() throws Exception {
    Terminal owner = new Terminal();
    CompletableFuture<Integer> deploy =
        CompletableFuture.supplyAsync(
            () -> owner.run("deploy", "-f", file("rollout.yml"), "--state", file("state")));
    awaitScript();
    String id = newest();
    Terminal follower = new Terminal();
    CompletableFuture<Integer> follow =
        CompletableFuture.supplyAsync(
            () -> follower.run("output", id, "--follow", "--state", file("state")));
    while (!answer("output", id).contains("here is ApplicationStart")) {
      Thread.onSpinWait();
    }
    letScriptGoOn();

    assertThat(deploy.get()).isZero();
    assertThat(follow.get()).isZero();
    assertThat(follower.out.toString().lines())
        .filteredOn(line -> line.contains("here is "))
        .hasSize(3 + 3 + 3)
        .contains("web-3 ValidateService | [stdout]here is ValidateService");
    assertThat(answer("output", id)).isEqualTo(follower.out.toString());
    assertThat(answer("output", id, "--host", "web-2", "--json").lines().map(JsonText::parsed))
        .isNotEmpty()
        .allMatch(piece -> piece.get("host").asText().equals("web-2"))
        .anyMatch(piece -> piece.get("lines").asText().contains("here is BeforeInstall\n"));
    Terminal refused = new Terminal();
    assertThat(refused.run("output", id, "--host", "web-9", "--state", file("state")))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err.toString())
        .contains(
            "--host must be one of the 3 hosts of "
                + id
                + " (web-1, web-2, web-3), but is \"web-9\"");
  }

  @Test
  void an_id_that_nobody_knows_is_one_sentence_and_touches_nothing() {
    for (String command :
        List.of(
            "status",
            "events",
            "output",
            "explain",
            "pause",
            "resume",
            "stop",
            "continue",
            "retry")) {
      for (String id : List.of("d-ABCDEF123", "web")) {
        Terminal terminal = new Terminal();
        assertThat(terminal.run(command, id, "--state", file("state")))
            .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err.toString()).contains(id).hasLineCount(1);
      }
    }
    assertThat(answer("status")).contains("no rollouts in " + file("state"));
    assertThat(directory.resolve("state")).doesNotExist();
  }

  @Test
  void a_grace_without_a_unit_is_refused() {
    Terminal terminal = new Terminal();

    assertThat(terminal.run("stop", "d-ABCDEF123", "--grace", "30", "--state", file("state")))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(terminal.err.toString()).contains("--grace must be a number and s, m or h");
  }

  /** Kills the process of a deployment in the middle of a script, and returns its id. */
  private String deployAndBeKilled() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "deploy",
                "-f",
                file("rollout.yml"),
                "--state",
                file("state"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("deploy.log").toFile())
            .start();
    try {
      awaitScript();
    } finally {
      child.destroyForcibly().waitFor();
    }
    return newest();
  }

  private void awaitPause(String id) {
    while (JsonText.parsed(answer("status", id, "--json")).get("paused").isNull()) {
      Thread.onSpinWait();
    }
  }

  private String newest() {
    JsonNode rollouts = JsonText.parsed(answer("status", "--json")).get("rollouts");
    return rollouts.get(0).get("deployment").asText();
  }

  private void awaitScript() throws IOException {
    try (BufferedReader runs = Files.newBufferedReader(directory.resolve("runs"))) {
      assertThat(runs.readLine()).isEqualTo("runs");
    }
  }

  private void letScriptGoOn() throws IOException {
    Files.writeString(directory.resolve("go-on"), "on\n", StandardOpenOption.WRITE);
  }

  /** Runs a command that only looks or asks, and returns what it prints. */
  private String answer(String... args) {
    Terminal terminal = new Terminal();
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--state", file("state")));
    assertThat(terminal.run(all.toArray(String[]::new))).as(terminal.err.toString()).isZero();
    return terminal.out.toString();
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text);
  }

  /** One process, as far as the command knows. */
  private static final class Terminal {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    int run(String... args) {
      Console console = new Console(new PrintWriter(out), new PrintWriter(err), Map.of());
      return SlipwayCommand.run(console, args);
    }
  }
}
