package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways in which a script on a host can end, under the shells that hosts have. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HookEndsTest extends LocalHost {

  private Revisions withHook(String hook) throws IOException {
    return revision("1")
        .file(
            "appspec.yml",
            "version: 0.0\nos: linux\nhooks:\n  BeforeInstall:\n    - " + hook + "\n");
  }

  private Diagnostics end(Revisions revision) throws IOException {
    return last(deploy("d-AAAAAAAA1", revision.pack(BundleType.TGZ)));
  }

  private Diagnostics end(String script) throws IOException {
    return end(withHook("{location: hook.sh, timeout: 60}").script("hook.sh", script));
  }

  private static void fails(Diagnostics end, LifecycleErrorCode code, String message) {
    assertThat(end.errorCode()).isEqualTo(code);
    assertThat(end.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void fails_with_the_code_of_the_script(Shell on) throws IOException {
    use(on);

    Diagnostics end = end("echo before; echo oh >&2; exit 7");

    fails(
        end,
        LifecycleErrorCode.SCRIPT_FAILED,
        "Script at specified location: hook.sh failed with exit code 7");
    assertThat(end.scriptName()).isEqualTo("hook.sh");
    assertThat(end.log())
        .startsWith("LifecycleEvent - BeforeInstall\nScript - hook.sh\n")
        .contains("[stdout]before\n", "[stderr]oh\n");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void is_ended_when_its_time_is_over(Shell on) throws IOException {
    use(on);

    Diagnostics end =
        end(
            withHook("{location: hook.sh, timeout: 1}")
                .script("hook.sh", "echo waiting; sleep 300"));

    fails(
        end,
        LifecycleErrorCode.SCRIPT_TIMED_OUT,
        "Script at specified location: hook.sh failed to complete in 1 seconds");
    assertThat(end.log()).contains("[stdout]waiting\n");
  }

  @Test
  void is_killed_when_it_does_not_end_in_time() throws IOException {
    Diagnostics end =
        end(
            withHook("{location: hook.sh, timeout: 1}")
                .script("hook.sh", "trap '' TERM; while :; do sleep 1; done"));

    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_TIMED_OUT);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void may_not_leave_its_output_open(Shell on) throws IOException {
    use(on);

    Diagnostics end =
        end(
            withHook("{location: hook.sh, timeout: 1}")
                .script("hook.sh", staysUntilTheTestIsOver() + " 2>/dev/null &\necho done"));

    fails(
        end,
        LifecycleErrorCode.OUTPUTS_LEFT_OPEN,
        "Script at specified location: hook.sh failed to close STDOUT");
  }

  private String staysUntilTheTestIsOver() {
    return "while [ -d " + root + " ]; do sleep 0.2; done";
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void may_start_what_goes_on_without_its_output(Shell on) throws IOException {
    use(on);

    assertThat(end(staysUntilTheTestIsOver() + " >/dev/null 2>&1 &\necho started").isSuccess())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void must_be_in_the_revision(Shell on) throws IOException {
    use(on);

    fails(
        end(withHook("{location: none.sh}")),
        LifecycleErrorCode.SCRIPT_MISSING,
        "Script does not exist at specified location: "
            + home("d-AAAAAAAA1")
            + "/deployment-archive/none.sh");
  }

  @Test
  void may_not_be_a_link_that_leads_out_of_the_revision() throws IOException {
    assertThat(end(withHook("{location: id}").link("id", "/usr/bin/id")).errorCode())
        .isEqualTo(LifecycleErrorCode.SCRIPT_MISSING);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void is_made_executable_and_may_lack_an_interpreter(Shell on) throws IOException {
    use(on);

    Diagnostics end = end(withHook("{location: hook.sh}").file("hook.sh", "echo plain $((1+1))\n"));

    assertThat(end.isSuccess()).isTrue();
    assertThat(heard.output()).contains("[stdout]plain 2\n");
    assertThat(mode(home("d-AAAAAAAA1").resolve("deployment-archive/hook.sh")))
        .isEqualTo("rwxr-xr-x");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void may_print_whatever_it_likes(Shell on) throws IOException {
    use(on);

    Diagnostics end = end("printf '  a\\377b \\\\n %%s\\n=DONE x\\n\\n+9\\nno newline'; exit 1");

    assertThat(end.log())
        .isEqualTo(
            """
            LifecycleEvent - BeforeInstall
            Script - hook.sh
            [stdout]  a\uFFFDb \\n %s
            [stdout]=DONE x
            [stdout]
            [stdout]+9
            [stdout]no newline
            """);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void may_have_a_name_that_means_something_to_a_shell(Shell on) throws IOException {
    use(on);
    String name = "it's $(touch oops) `x` \"q\" & co;.sh";

    Diagnostics end =
        end(
            withHook("location: \"it's $(touch oops) `x` \\\"q\\\" & co;.sh\"")
                .script(name, "echo \"run\"; exit 9"));

    assertThat(end.message())
        .isEqualTo("Script at specified location: " + name + " failed with exit code 9");
    assertThat(end.log()).contains("Script - " + name + "\n[stdout]run\n");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void sees_its_deployment_and_no_secrets(Shell on) throws IOException {
    use(on);
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("LANG", "C.UTF-8");

    Diagnostics end = end("env | grep -v '^_=' | sort; pwd; exit 1");

    assertThat(end.log())
        .contains(
            "[stdout]APPLICATION_NAME=web\n",
            "[stdout]DEPLOYMENT_GROUP_ID=group-1\n",
            "[stdout]DEPLOYMENT_GROUP_NAME=prod\n",
            "[stdout]DEPLOYMENT_ID=d-AAAAAAAA1\n",
            "[stdout]LANG=C.UTF-8\n",
            "[stdout]LIFECYCLE_EVENT=BeforeInstall\n",
            "[stdout]SLIPWAY_HOST_ROOT=" + root + "\n",
            "[stdout]/\n")
        .doesNotContain("secret", "LC_ALL", "runner=");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void shares_the_time_of_its_event(Shell on) throws IOException {
    use(on);
    var work =
        Rollouts.work(
            "d-AAAAAAAA1",
            withHook("{location: hook.sh}").script("hook.sh", "sleep 300").pack(BundleType.TGZ));
    rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 2), heard);
    HostCommand whole = rollouts.command(work, LifecycleEvent.BEFORE_INSTALL, 1);

    transport.offer(
        new HostCommand(whole.key(), 1, host, work, List.of(), Duration.ofSeconds(1)), heard);

    assertThat(heard.end(whole.key()).errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_TIMED_OUT);
  }

  private HostCommand waiting(String script) throws IOException {
    var work =
        Rollouts.work(
            "d-AAAAAAAA1",
            withHook("{location: hook.sh}").script("hook.sh", script).pack(BundleType.TGZ));
    rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 2), heard);
    HostCommand hook = rollouts.command(work, LifecycleEvent.BEFORE_INSTALL, 1);
    transport.offer(hook, heard);
    heard.await(word -> word.text().contains("[stdout]waiting"));
    return hook;
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void is_interrupted_when_who_watches_it_has_gone(Shell on) throws IOException {
    use(on);
    HostCommand hook = waiting("echo waiting; exec sleep 600");
    String process =
        Files.readString(home("d-AAAAAAAA1").resolve("tickets/BeforeInstall-1/process"), UTF_8);
    ProcessHandle watcher =
        ProcessHandle.of(Long.parseLong(process.split(" ", 2)[0])).orElseThrow();

    watcher.destroyForcibly();

    fails(
        heard.end(hook.key()),
        LifecycleErrorCode.FAILED_AFTER_RESTART,
        "Failed: Failing in-progress lifecycle event after an agent restart.");
  }

  @Test
  void is_killed_when_it_does_not_end_on_request() throws IOException {
    HostCommand hook = waiting("trap '' TERM; echo waiting; while :; do sleep 1; done");

    transport.cancel(hook.key(), CancelMode.TERMINATE);

    assertThat(heard.end(hook.key()).message()).contains("because the deployment was stopped");
  }

  @Test
  void is_not_ended_by_a_request_not_to_start_it() throws IOException {
    Path gate = root.resolve("gate");
    HostCommand hook =
        waiting("echo waiting; while [ ! -f " + gate + " ]; do sleep 0.05; done; exit 5");

    transport.cancel(hook.key(), CancelMode.NOT_STARTED);
    Files.writeString(gate, "");

    assertThat(heard.end(hook.key()).message()).endsWith("failed with exit code 5");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void is_waited_for_when_the_host_is_slow_to_begin_it(Shell on) throws IOException {
    use(on);
    assumeTrue(Shell.find("setsid").isPresent(), "setsid is not installed");
    Path slow = Files.createDirectories(directory.resolve("slow"));
    // The first session of its own begins late.
    program(
        slow.resolve("setsid"),
        "PATH=%2$s; mkdir %1$s/first 2>/dev/null && sleep 2; exec setsid \"$@\"");
    environment.put("PATH", slow + ":" + on.path(directory.resolve("programs")));

    assertThat(end("echo at last").isSuccess()).isTrue();
    assertThat(heard.output()).contains("[stdout]at last\n");
  }

  private void program(Path file, String text) throws IOException {
    Files.writeString(
        file,
        "#!/bin/sh\n"
            + text.formatted(file.getParent(), shell.path(directory.resolve("programs")))
            + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
