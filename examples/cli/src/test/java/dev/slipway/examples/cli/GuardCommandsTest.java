package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Rollout files with guards, and the commands that answer them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class GuardCommandsTest {

  private static final String CANARY =
      "strategy: [{wave: 1, approval: is it well}, {wave: 2, approval: and now}, rest]\n";

  @TempDir private Path directory;

  @BeforeEach
  void lay_out_a_fleet_and_a_bundle() throws IOException {
    write(
        "hosts.yml",
        """
        hosts:
          - {name: "web-[1-3]", address: "web-[1-3]", tags: {colour: green}}
          - {name: "old-[1-2]", address: "old-[1-2]", tags: {colour: blue}}
        """);
    write("bundle/appspec.yml", "version: 0.0\nos: linux\n");
  }

  private void rollout(String guards) throws IOException {
    write(
        "rollout.yml",
        """
        application: web
        deploymentGroup: prod
        revision: bundle
        transport: in-process
        hosts: {inventory: hosts.yml, tags: [{key: colour, value: green}], order: BY_NAME}
        config: {minimumHealthyHosts: {type: HOST_COUNT, value: 1}}
        """
            + guards);
  }

  @Test
  void each_checkpoint_is_approved_by_its_number() throws Exception {
    rollout(CANARY);
    CompletableFuture<Integer> deploy = deploy();
    String id = awaitText(deploy, "must approve checkpoint 1");
    Terminal wrong = new Terminal();
    assertThat(wrong.run("approve", id, "--checkpoint", "2", "--state", file("state")))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(wrong.err.toString())
        .contains(id + " waits for an approval at checkpoint 1, not 2")
        .hasLineCount(1);

    assertThat(answer("approve", id, "--checkpoint", "1", "--by", "ann"))
        .contains(id + " was asked to approve checkpoint 1");
    awaitText(deploy, "must approve checkpoint 2");
    assertThat(answer("approve", id, "--by", "bob", "--comment", "fine"))
        .contains("approve checkpoint 2");

    assertThat(deploy.get()).isEqualTo(ExitCode.SUCCEEDED);
    assertThat(answer("events", id)).contains("ann", "bob", "fine");
  }

  @Test
  void a_rejection_stops_it_and_says_who() throws Exception {
    rollout(CANARY);
    CompletableFuture<Integer> deploy = deploy();
    String id = awaitText(deploy, "must approve checkpoint 1");

    assertThat(answer("reject", id, "--by", "bob", "--comment", "too slow"))
        .contains("reject checkpoint 1");

    assertThat(deploy.get()).isEqualTo(ExitCode.STOPPED);
    assertThat(answer("status", id)).contains("rejected by bob: too slow");
    Terminal late = new Terminal();
    assertThat(late.run("approve", id, "--state", file("state"))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(late.err.toString()).contains(id + " is over: Stopped");
  }

  @Test
  void a_pulse_is_heard() throws Exception {
    rollout(CANARY + "pulse: {within: 1h, silence: STOP}\n");
    CompletableFuture<Integer> deploy = deploy();
    String id = awaitText(deploy, "must approve checkpoint 1");

    assertThat(answer("pulse", id)).contains(id + " was asked to pulse");

    answer("approve", id);
    awaitText(deploy, "must approve checkpoint 2");
    assertThat(answer("events", id, "--json")).contains("PulseHeard");
    answer("reject", id);
    assertThat(deploy.get()).isEqualTo(ExitCode.STOPPED);
  }

  @Test
  void a_switch_brings_traffic_to_hosts_that_are_ready() throws Exception {
    Path balancer =
        write(
            "balancer.sh",
            """
            cd "$(dirname "$0")" || exit 1
            while read -r address; do
              case $1 in
                remove) : >"out-$address" ;;
                add) rm -f "out-$address" ;;
                states) if [ -e "out-$address" ]; then echo "$address OUT_OF_SERVICE"; else echo "$address IN_SERVICE"; fi ;;
              esac
            done
            """);
    for (int green = 1; green <= 3; green++) {
      write("out-web-" + green, "");
    }
    rollout(
        """
        traffic: {command: "sh '%s'"}
        blueGreen: {originals: [{key: colour, value: blue}], readyWait: 4h}
        """
            .formatted(balancer));
    CompletableFuture<Integer> deploy = deploy();
    String id = awaitText(deploy, "replacement hosts are ready");

    assertThat(answer("switch", id)).contains(id + " was asked to switch traffic");

    assertThat(deploy.get()).isEqualTo(ExitCode.SUCCEEDED);
    assertThat(directory.resolve("out-web-1")).doesNotExist();
    assertThat(directory.resolve("out-old-1")).exists();
  }

  @Test
  void a_program_that_refuses_as_a_gate_ends_it() throws Exception {
    rollout("strategy: [{wave: 1, gates: [{command: 'echo not today; exit 3 #'}]}, rest]\n");

    assertThat(deploy().get()).isEqualTo(ExitCode.FAILED);

    assertThat(answer("status", newest()))
        .contains("gate 'command echo not today; exit 3 #' refused: exit code 3: not today");
  }

  @Test
  void a_page_that_answers_lets_each_host_succeed() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      rollout(
          "hostGates: [{http: 'http://127.0.0.1:%d/{host}'}]\n"
              .formatted(server.getAddress().getPort()));

      assertThat(deploy().get()).isEqualTo(ExitCode.SUCCEEDED);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void an_alarm_that_a_program_tells_stops_it_before_the_first_host() throws Exception {
    rollout("alarms: {command: 'echo errors ALARM #', names: [errors]}\n");

    assertThat(deploy().get()).isEqualTo(ExitCode.STOPPED);

    assertThat(answer("status", newest())).contains("errors", "3 skipped");
  }

  @Test
  void failures_of_a_wave_are_not_counted_where_there_are_no_waves() throws IOException {
    rollout("batching: WINDOW\nlimits: {maxFailuresPerWave: 1}\n");
    Terminal terminal = new Terminal();

    assertThat(terminal.run("plan", "-f", file("rollout.yml"), "--state", file("state")))
        .isEqualTo(ExitCode.BAD_INPUT);

    assertThat(terminal.err.toString())
        .contains("rollout.yml:8:30", "maxFailuresPerWave", "use WAVE, or maxFailures");
  }

  private CompletableFuture<Integer> deploy() {
    return CompletableFuture.supplyAsync(
        () -> new Terminal().run("deploy", "-f", file("rollout.yml"), "--state", file("state")));
  }

  /** Asks what the rollout waits for until it is this, and returns its id. */
  private String awaitText(CompletableFuture<Integer> deploy, String text) {
    String id = newest();
    while (id.isEmpty() || !answer("explain", id).contains(text)) {
      assertThat(deploy).as("waiting for \"%s\"", text).isNotDone();
      Thread.onSpinWait();
      id = newest();
    }
    return id;
  }

  private String newest() {
    return JsonText.parsed(answer("status", "--json"))
        .get("rollouts")
        .path(0)
        .path("deployment")
        .asText();
  }

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
