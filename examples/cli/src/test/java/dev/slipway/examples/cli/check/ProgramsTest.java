package dev.slipway.examples.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.gate.GateQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs as gates and as sources of alarms. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ProgramsTest {

  private static GateQuestion question(@Nullable Host host, List<Host> updated) {
    return new GateQuestion(
        new DeploymentId("d-ABCDEFGHI"),
        "web",
        "prod",
        new RevisionId("a".repeat(64)),
        host,
        updated);
  }

  @Test
  void one_that_hangs_is_ended_with_all_that_it_has_started(@TempDir Path directory)
      throws Exception {
    Path pid = directory.resolve("pid");
    String line =
        "sleep 600 & echo $! > '" + pid + ".part'; mv '" + pid + ".part' '" + pid + "'; wait";
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread asker =
        new Thread(
            () -> {
              try {
                Programs.run(line, List.of(), List.of(), Map.of());
              } catch (IOException | InterruptedException e) {
                failure.set(e);
              }
            });
    asker.start();
    while (!Files.exists(pid)) {
      Thread.onSpinWait();
    }

    asker.interrupt();
    asker.join();

    assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(child -> child.onExit().join());
  }

  @Test
  void what_it_leaves_running_is_not_waited_for() throws Exception {
    Programs.Ended ended = Programs.run("sleep 600 & echo $!", List.of(), List.of(), Map.of());

    assertThat(ended.code()).isZero();
    assertThat(ProcessHandle.of(Long.parseLong(ended.output())).orElseThrow().destroy()).isTrue();
  }

  @Test
  void all_that_it_prints_is_read_and_the_first_of_it_kept() throws Exception {
    Programs.Ended ended =
        Programs.run("head -c 1000000 /dev/zero | tr '\\0' x", List.of(), List.of(), Map.of());

    assertThat(ended).isEqualTo(new Programs.Ended(0, "x".repeat(4_000)));
  }

  @Test
  void a_gate_of_a_fleet_finds_any_number_of_hosts_on_its_input() {
    List<Host> hosts =
        IntStream.range(0, 100_000).mapToObj(number -> Host.named("web-" + number)).toList();

    assertThat(new CommandGate("test $(wc -l) -eq 100000").check(question(null, hosts)))
        .isEqualTo(GateAnswer.passed());
  }

  @Test
  void a_gate_of_a_host_finds_it_as_its_argument_too() {
    GateQuestion question = question(Host.named("web-1"), List.of());

    assertThat(new CommandGate("test web-1 =").check(question)).isEqualTo(GateAnswer.passed());
    assertThat(new CommandGate("test $(cat) =").check(question)).isEqualTo(GateAnswer.passed());
  }

  @Test
  void a_line_that_names_no_program_is_refused() {
    assertThatThrownBy(() -> new CommandAlarms(" "))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("./alarms.sh");
    assertThatThrownBy(() -> new CommandGate(""))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("./smoke-test.sh");
  }
}
