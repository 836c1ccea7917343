package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.exec.HostFixture.Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors in processes of their own, killed or competing, and a script that counts its runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class KilledHookTest {

  private static final String KEY = "d-1/host/AfterInstall/1";

  @TempDir Path scratch;
  private HostFixture fixture;
  private Bundle bundle;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void downloadAHookThatWaits() throws Exception {
    fixture = new HostFixture(scratch);
    bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: hook.sh\n")
            .script(
                "hook.sh",
                "echo run >>runs\necho running\nread -r word <gate$(wc -l <runs)\necho \"$word\"");
    Tool.run(
        List.of(
            "mkfifo", scratch.resolve("gate1").toString(), scratch.resolve("gate2").toString()));
    fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle));
  }

  @AfterEach
  void end() throws Exception {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    fixture.close();
  }

  @Test
  void a_hook_whose_executor_was_killed_has_failed_and_is_never_run_again() throws Exception {
    Process killed = start();
    awaitHook(killed);
    killed.destroyForcibly().waitFor();

    Diagnostics offeredAgain = fixture.run(hook());
    letHookGoOn(1);

    assertThat(offeredAgain).isEqualTo(Diagnostics.AFTER_RESTART);
    assertThat(fixture.run(hook())).isEqualTo(Diagnostics.AFTER_RESTART);
    assertThat(runs()).containsExactly("run");
  }

  @Test
  void who_waits_for_a_killed_executor_learns_that_its_hook_was_interrupted() throws Exception {
    Process killed = start();
    awaitHook(killed);
    CompletableFuture<Diagnostics> waiting =
        CompletableFuture.supplyAsync(() -> fixture.run(hook()));

    killed.destroyForcibly().waitFor();

    assertThat(waiting.join()).isEqualTo(Diagnostics.AFTER_RESTART);
    letHookGoOn(1);
    assertThat(runs()).containsExactly("run");
  }

  @Test
  void two_executors_that_are_offered_the_same_run_it_once_and_agree_how_it_ended()
      throws Exception {
    Process other = start();
    awaitHook(other);
    CompletableFuture<Diagnostics> ours = CompletableFuture.supplyAsync(() -> fixture.run(hook()));

    letHookGoOn(1);

    assertThat(ours.join()).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(nextLine(other)).isEqualTo("[stdout]go on");
    assertThat(nextLine(other)).isEqualTo("ended: SUCCESS");
    assertThat(runs()).containsExactly("run");
  }

  @Test
  void another_attempt_is_another_run() throws Exception {
    Process killed = start();
    awaitHook(killed);
    killed.destroyForcibly().waitFor();
    letHookGoOn(1);

    CompletableFuture<Diagnostics> next =
        CompletableFuture.supplyAsync(() -> fixture.run(hook().withKey(KEY.replace("/1", "/2"))));
    letHookGoOn(2);

    assertThat(next.join()).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(runs()).containsExactly("run", "run");
  }

  private HostCommand hook() {
    return HostFixture.command("AfterInstall", "d-1", bundle).withKey(KEY);
  }

  private List<String> runs() throws IOException {
    return Files.readAllLines(scratch.resolve("runs"));
  }

  /** Opening a named pipe waits for the script that reads it. */
  private void letHookGoOn(int run) throws IOException {
    Files.writeString(scratch.resolve("gate" + run), "go on\n", StandardOpenOption.WRITE);
  }

  private Process start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledHookTest.class.getName(),
                scratch.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    processes.add(process);
    return process;
  }

  private static void awaitHook(Process process) throws IOException {
    assertThat(nextLine(process)).isEqualTo("LifecycleEvent - AfterInstall");
    assertThat(nextLine(process)).isEqualTo("Script - hook.sh");
    assertThat(nextLine(process)).isEqualTo("[stdout]running");
  }

  private static String nextLine(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    return Objects.requireNonNull(reader.readLine());
  }

  /** Runs the hook and prints what it says and how it ended. */
  public static void main(String[] args) throws IOException {
    try (HostFixture fixture = new HostFixture(Path.of(args[0]))) {
      Bundle bundle = new Bundle(Path.of(args[0], "bundles", "b"));
      Diagnostics end =
          fixture
              .executor
              .run(
                  HostFixture.command("AfterInstall", "d-1", bundle).withKey(KEY),
                  text -> {
                    System.out.print(text);
                    System.out.flush();
                  })
              .diagnostics();
      System.out.println("ended: " + end.errorCode());
    }
  }
}
