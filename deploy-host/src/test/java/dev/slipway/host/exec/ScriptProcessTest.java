package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.plan.HookRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts whose output nobody can read. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ScriptProcessTest {

  @TempDir Path scratch;

  @Test
  void a_reader_that_never_comes_stops_neither_the_script_nor_other_starts() throws Exception {
    assertThat(run("exit 3", task -> {}))
        .hasValueSatisfying(end -> assertThat(end.message()).contains("exit code 3"));

    Starts.awaitThoseUnderWay();
    assertThat(Tool.run(List.of("/bin/sh", "-c", "echo on")).output()).isEqualTo("on\n");
  }

  @Test
  void a_reader_that_is_refused_stops_no_other_start() throws Exception {
    assertThatThrownBy(
            () ->
                run(
                    "exit 0",
                    task -> {
                      throw new RejectedExecutionException("no thread is left");
                    }))
        .isInstanceOf(RejectedExecutionException.class);

    Starts.awaitThoseUnderWay();
    assertThat(Tool.run(List.of("/bin/sh", "-c", "echo on")).output()).isEqualTo("on\n");
  }

  @Test
  void a_script_may_be_given_more_time_than_can_be_counted() throws Exception {
    assertThat(run("exit 3", task -> {}, Duration.ofSeconds(99_999_999_999L)))
        .hasValueSatisfying(end -> assertThat(end.message()).contains("exit code 3"));
  }

  /** Runs a script on a clock that goes on by ten seconds whenever it is read. */
  private Optional<Diagnostics> run(String program, Executor readers)
      throws IOException, InterruptedException {
    return run(program, readers, Duration.ofMinutes(1));
  }

  private Optional<Diagnostics> run(String program, Executor readers, Duration timeout)
      throws IOException, InterruptedException {
    AtomicLong nanos = new AtomicLong();
    ElapsedTime elapsed = () -> nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    InstantSource clock = InstantSource.fixed(HostFixture.NOW);
    HookRun run = new HookRun("hook.sh", null, timeout, null, false, List.of(), Map.of());
    ScriptStart start = new ScriptStart(List.of("/bin/sh", "-c", program), Map.of(), scratch);
    try (HostFixture host = new HostFixture(scratch);
        NamedPipes pipes = new NamedPipes();
        ScriptLog log =
            new ScriptLog(
                scratch.resolve("scripts.log"),
                new DeploymentsLog(host.options, "d-1", clock),
                OutputListener.NONE,
                clock,
                ZoneOffset.UTC)) {
      return new ScriptProcess(run, log, pipes, readers, elapsed, true).run(start);
    }
  }
}
