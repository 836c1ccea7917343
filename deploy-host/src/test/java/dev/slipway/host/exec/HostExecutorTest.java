package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.host.exec.HostFixture.Bundle;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostExecutorTest {

  private static final String WEB = "files:\n  - source: web\n    destination: '{host}/srv'\n";

  @TempDir Path scratch;
  private HostFixture fixture;

  @BeforeEach
  void makeHost() throws Exception {
    fixture = new HostFixture(scratch);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void an_executor_that_is_closed_starts_nothing_and_says_so() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", WEB + "hooks:\n  ValidateService:\n    - location: check.sh\n")
            .file("web/index.html", "hello")
            .script("check.sh", "exit 0");
    fixture.close();

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end.isSuccess()).isFalse();
    assertThat(end.message()).contains("was not started, because this executor is closed");
    assertThat(fixture.host.resolve("srv")).doesNotExist();
  }

  @Test
  void installs_and_runs_scripts() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", WEB + "hooks:\n  ValidateService:\n    - location: check.sh\n")
            .file("web/index.html", "hello")
            .script(
                "check.sh",
                "echo \"$LIFECYCLE_EVENT $DEPLOYMENT_ID $APPLICATION_NAME $DEPLOYMENT_GROUP_NAME"
                    + " $DEPLOYMENT_GROUP_ID [$SECRET]\"");

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(fixture.host.resolve("srv/index.html")).hasContent("hello");
    assertThat(fixture.scriptLog("d-1"))
        .isEqualTo(
            """
            2026-01-02 03:04:05 LifecycleEvent - ValidateService
            2026-01-02 03:04:05 Script - check.sh
            2026-01-02 03:04:05 [stdout]ValidateService d-1 shop prod g []
            """);
    assertThat(fixture.output())
        .containsExactly(
            "LifecycleEvent - ValidateService\n",
            "Script - check.sh\n",
            "[stdout]ValidateService d-1 shop prod g []\n");
  }

  @Test
  void gives_a_script_its_arguments_and_its_own_variables() throws Exception {
    String hooks =
        """
        hooks:
          ValidateService:
            - location: check.sh
              args: [two words, '$HOME', 0644]
              environment: {COLOUR: "light blue", DEPLOYMENT_ID: d-9, DEBUG: yes}
            - location: plain.sh
        """;
    Bundle bundle =
        fixture
            .bundle("b", hooks)
            .script("check.sh", "echo \"$# <$1> <$2> <$3> $COLOUR $DEPLOYMENT_ID $DEBUG\"")
            .script("plain.sh", "echo \"$# [$COLOUR]\"");

    assertThat(fixture.deploy("d-1", bundle)).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(fixture.output())
        .contains("[stdout]3 <two words> <$HOME> <0644> light blue d-1 yes\n", "[stdout]0 []\n");
  }

  @Test
  void keeps_the_old_revision_when_a_file_is_in_the_way_of_the_new_one() throws Exception {
    fixture.deploy("d-1", fixture.bundle("old", WEB).file("web/old", "old"));
    Files.writeString(fixture.host.resolve("srv/foreign"), "mine");

    Diagnostics end =
        fixture.deploy("d-2", fixture.bundle("new", WEB).file("web/foreign", "theirs"));

    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.UNKNOWN_ERROR);
    assertThat(end.message())
        .endsWith("already exists at this location: " + fixture.host + "/srv/foreign");
    assertThat(fixture.host.resolve("srv/old")).hasContent("old");
    assertThat(fixture.host.resolve("srv/foreign")).hasContent("mine");
  }

  @Test
  void runs_the_stop_script_of_the_old_revision() throws Exception {
    String stop = WEB + "hooks:\n  ApplicationStop:\n    - location: stop.sh\n";
    fixture.deploy(
        "d-1", fixture.bundle("old", stop).file("web/a", "1").script("stop.sh", "echo old"));

    fixture.deploy(
        "d-2", fixture.bundle("new", stop).file("web/a", "2").script("stop.sh", "echo new"));

    assertThat(fixture.output()).contains("[stdout]old\n").doesNotContain("[stdout]new\n");
  }

  @Test
  void has_nothing_to_stop_when_the_old_revision_was_removed_by_hand() throws Exception {
    String stop = WEB + "hooks:\n  ApplicationStop:\n    - location: stop.sh\n";
    fixture.deploy(
        "d-1", fixture.bundle("old", stop).file("web/a", "1").script("stop.sh", "exit 1"));
    Retention.deleteTree(fixture.root.resolve("g/d-1"));

    Diagnostics end = fixture.deploy("d-2", fixture.bundle("new", WEB).file("web/a", "2"));

    assertThat(end).isEqualTo(Diagnostics.SUCCEEDED);
  }

  @Test
  void takes_a_failed_script_with_the_end_of_its_output() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: bad.sh\n")
            .script("bad.sh", "echo out; exit 3");

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end)
        .isEqualTo(
            new Diagnostics(
                LifecycleErrorCode.SCRIPT_FAILED,
                "bad.sh",
                "Script at specified location: bad.sh failed with exit code 3",
                "LifecycleEvent - AfterInstall\nScript - bad.sh\n[stdout]out\n"));
  }

  @Test
  void refuses_a_script_outside_of_the_revision() throws Exception {
    Bundle bundle =
        fixture.bundle("b", "hooks:\n  AfterInstall:\n    - location: link.sh\n").file("a", "");
    Files.createSymbolicLink(bundle.directory().resolve("link.sh"), Path.of("/bin/true"));

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_MISSING);
  }

  @Test
  void ends_a_script_that_ignores_term() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: deaf.sh\n      timeout: 1\n")
            .script("deaf.sh", "trap '' TERM\nwhile :; do sleep 1; done");

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_TIMED_OUT);
    assertThat(end.message()).endsWith("deaf.sh failed to complete in 1 seconds");
  }

  @Test
  @Timeout(60)
  void ends_what_ignores_term_and_outlives_its_script() throws Exception {
    Path held = scratch.resolve("held");
    Tool.run(List.of("mkfifo", held.toString()));
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: leaves.sh\n")
            .script(
                "leaves.sh",
                "(trap '' TERM; exec 9>held; echo deaf; exec sleep 300 >&9 2>&9) &\nsleep 300");
    fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle));
    // Whoever holds the pipe is alive. Its end comes with the end of the last of them.
    CompletableFuture<String> heldNoMore =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(held);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Thread runner = Thread.currentThread();

    Diagnostics end =
        fixture
            .executor
            .run(
                HostFixture.command("AfterInstall", "d-1", bundle),
                text -> {
                  if (text.startsWith("[stdout]deaf")) {
                    runner.interrupt();
                  }
                })
            .diagnostics();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(end.message()).isEqualTo("AfterInstall was interrupted");
    assertThat(heldNoMore.get()).isEmpty();
  }

  @Test
  void ends_the_script_when_its_thread_is_interrupted() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: long.sh\n")
            .script("long.sh", "echo $$\nexec sleep 60");
    fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle));
    Thread runner = Thread.currentThread();
    List<String> pids = new ArrayList<>();

    Diagnostics end =
        fixture
            .executor
            .run(
                HostFixture.command("AfterInstall", "d-1", bundle),
                text -> {
                  if (text.startsWith("[stdout]")) {
                    pids.add(text.substring("[stdout]".length()).strip());
                    runner.interrupt();
                  }
                })
            .diagnostics();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(end.message()).isEqualTo("AfterInstall was interrupted");
    assertThat(ProcessHandle.of(Long.parseLong(pids.get(0)))).isEmpty();
  }

  @Test
  void notices_a_child_that_keeps_the_output_open() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: fork.sh\n      timeout: 1\n")
            .script("fork.sh", "sleep 3 &");

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.OUTPUTS_LEFT_OPEN);
    assertThat(end.message()).endsWith("fork.sh failed to close STDOUT");
  }

  @Test
  void says_why_a_script_with_windows_line_ends_cannot_run() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: win.sh\n")
            .file("win.sh", "#!/bin/sh\r\necho hi\r\n");

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_FAILED);
    assertThat(end.message())
        .contains("failed with error Errno::ENOENT with message No such file or directory - ")
        .endsWith("(its first line ends in a carriage return: save it with Unix line ends)");
  }

  @Test
  void starts_each_line_of_the_log_anew() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: a.sh\n    - location: a.sh\n")
            .script("a.sh", "printf 'no end'");

    fixture.deploy("d-1", bundle);

    assertThat(fixture.scriptLog("d-1").lines().map(line -> line.substring(20)))
        .containsExactly(
            "LifecycleEvent - AfterInstall",
            "Script - a.sh",
            "[stdout]no end",
            "Script - a.sh",
            "[stdout]no end");
  }

  @Test
  void starts_a_new_log_when_the_old_one_is_large_and_keeps_that() throws Exception {
    long large = 64L << 20;
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: a.sh\n")
            .script("a.sh", "echo new");
    Path log = fixture.root.resolve("g/d-1/logs/scripts.log");
    Files.createDirectories(log.getParent());
    try (RandomAccessFile old = new RandomAccessFile(log.toFile(), "rw")) {
      old.setLength(large);
    }

    assertThat(fixture.deploy("d-1", bundle)).isEqualTo(Diagnostics.SUCCEEDED);

    assertThat(log.resolveSibling("scripts.log.1")).hasSize(large);
    assertThat(fixture.scriptLog("d-1")).endsWith("[stdout]new\n");
  }

  @Test
  void takes_the_log_of_a_single_endless_line_with_bounded_memory() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: long.sh\n")
            .script("long.sh", "head -c 3000000 /dev/zero | tr '\\0' x; exit 1");

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end.log()).isEqualTo("x".repeat(2048));
    assertThat(fixture.output()).allMatch(piece -> piece.length() <= (64 << 10) + 20);
    assertThat(fixture.scriptLog("d-1")).contains("[stdout]" + "x".repeat(3_000_000));
  }

  @Test
  void drops_set_id_bits_of_a_bundle_but_sets_those_that_are_asked_for() throws Exception {
    Bundle bundle =
        fixture
            .bundle(
                "b",
                WEB
                    + "permissions:\n  - object: '{host}/srv/asked'\n    mode: 4755\n"
                    + "    type: [file]\n")
            .file("web/asked", "a")
            .file("web/brought", "b");
    HostCommand install = HostFixture.command("Install", "d-1", bundle);
    fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle));
    Path unpacked = fixture.root.resolve("g/d-1/deployment-archive/web/brought");
    Files.setAttribute(unpacked, "unix:mode", 06755);

    fixture.run(install);

    assertThat(
            (Integer) Files.getAttribute(fixture.host.resolve("srv/brought"), "unix:mode") & 07777)
        .isEqualTo(0755);
    assertThat((Integer) Files.getAttribute(fixture.host.resolve("srv/asked"), "unix:mode") & 07777)
        .isEqualTo(04755);
  }

  @Test
  void replaces_a_link_in_the_way_instead_of_writing_through_it() throws Exception {
    Path precious = Files.writeString(scratch.resolve("precious"), "keep");
    Files.createDirectory(fixture.host.resolve("srv"));
    Files.createSymbolicLink(fixture.host.resolve("srv/a"), precious);
    Bundle bundle =
        fixture.bundle("b", WEB + "file_exists_behavior: OVERWRITE\n").file("web/a", "new");

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(precious).hasContent("keep");
    assertThat(fixture.host.resolve("srv/a")).isRegularFile().hasContent("new");
  }

  @Test
  void replaces_a_link_to_a_directory_too() throws Exception {
    Path directory = Files.createDirectory(scratch.resolve("directory"));
    Files.createDirectory(fixture.host.resolve("srv"));
    Files.createSymbolicLink(fixture.host.resolve("srv/a"), directory);
    Bundle bundle =
        fixture.bundle("b", WEB + "file_exists_behavior: OVERWRITE\n").file("web/a", "new");

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(directory).isEmptyDirectory();
    assertThat(fixture.host.resolve("srv/a")).isRegularFile().hasContent("new");
  }

  @Test
  void goes_on_when_a_listener_throws() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: a.sh\n")
            .script("a.sh", "echo one\necho two");
    fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle));

    Diagnostics end =
        fixture
            .executor
            .run(
                HostFixture.command("AfterInstall", "d-1", bundle),
                text -> {
                  throw new IllegalStateException("a listener's own mistake");
                })
            .diagnostics();

    assertThat(end).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(fixture.scriptLog("d-1")).contains("one").contains("two");
  }

  @Test
  void does_not_believe_a_cleanup_file_that_others_can_write() throws Exception {
    fixture.deploy("d-1", fixture.bundle("old", WEB).file("web/a", "1"));
    Path cleanup = fixture.root.resolve("deployment-instructions/g-cleanup");
    Files.setPosixFilePermissions(cleanup, PosixFilePermissions.fromString("rw-rw-rw-"));

    Diagnostics end = fixture.deploy("d-2", fixture.bundle("new", WEB).file("web/b", "2"));

    assertThat(end.message()).contains("g-cleanup is not trusted");
    assertThat(fixture.host.resolve("srv/a")).hasContent("1");
  }

  @Test
  void keeps_as_many_revisions_as_it_is_told_and_the_last_successful_one() throws Exception {
    for (int i = 1; i <= 5; i++) {
      fixture.deploy("d-" + i, fixture.bundle("b" + i, WEB).file("web/a", "" + i));
    }

    assertThat(fixture.root.resolve("g").toFile().list()).hasSize(3).contains("d-4", "d-5");
  }

  @Test
  void runs_a_command_with_a_key_once() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: count.sh\n")
            .script("count.sh", "echo run; exit 1");
    fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle));
    HostCommand command =
        HostFixture.command("AfterInstall", "d-1", bundle).withKey("d-1/h/AfterInstall/1");

    Diagnostics first = fixture.run(command);
    Diagnostics second = fixture.run(command);

    assertThat(second).isEqualTo(first);
    assertThat(fixture.output()).containsOnlyOnce("[stdout]run\n");
  }

  @Test
  void never_runs_a_command_again_that_was_cut_off() throws Exception {
    Bundle bundle = fixture.bundle("b", "hooks:\n").file("a", "");
    HostCommand command = HostFixture.command("DownloadBundle", "d-1", bundle).withKey("k");
    Files.createDirectories(fixture.root.resolve("g/d-1/tickets/k"));

    assertThat(fixture.run(command)).isEqualTo(Diagnostics.AFTER_RESTART);
  }

  @Test
  void sets_owners_by_name_and_refuses_numbers() throws Exception {
    assumeTrue(Account.uid() == 0, "giving files away needs root");
    String owner = "permissions:\n  - object: '{host}/srv/a'\n    owner: '%s'\n    type: [file]\n";
    Bundle good = fixture.bundle("good", WEB + owner.formatted("daemon")).file("web/a", "1");
    Bundle bad = fixture.bundle("bad", WEB + owner.formatted("2")).file("web/a", "2");

    assertThat(fixture.deploy("d-1", good)).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(Files.getOwner(fixture.host.resolve("srv/a")).getName()).isEqualTo("daemon");
    assertThat(fixture.deploy("d-2", bad).message()).isEqualTo("can't find user for 2");
  }

  @Test
  void knows_its_own_files_by_another_name() throws Exception {
    Path real = Files.createDirectories(fixture.host.resolve("real"));
    Files.createSymbolicLink(fixture.host.resolve("srv"), real);
    fixture.deploy("d-1", fixture.bundle("old", WEB).file("web/a", "1"));
    Bundle direct =
        fixture.bundle("new", WEB.replace("{host}/srv", "{host}/real")).file("web/a", "2");

    Diagnostics end = fixture.deploy("d-2", direct);

    assertThat(end).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(real.resolve("a")).hasContent("2");
  }

  @Test
  void takes_turns_with_other_executors_of_the_same_group() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: alone.sh\n")
            .script(
                "alone.sh",
                "mkdir '" + scratch + "/busy' || exit 1\nsleep 0.1\nrmdir '" + scratch + "/busy'");
    fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle));
    HostCommand command = HostFixture.command("AfterInstall", "d-1", bundle);
    try (HostExecutor other =
        new HostExecutor(
            fixture.options, InstantSource.fixed(HostFixture.NOW), new SystemElapsedTime())) {
      List<CompletableFuture<Diagnostics>> ends = new ArrayList<>();
      for (HostExecutor executor : List.of(other, fixture.executor, other, fixture.executor)) {
        ends.add(
            CompletableFuture.supplyAsync(
                () -> executor.run(command, OutputListener.NONE).diagnostics()));
      }

      assertThat(ends).allSatisfy(end -> assertThat(end.join()).isEqualTo(Diagnostics.SUCCEEDED));
    }
  }

  @Test
  void leaves_the_group_to_others_when_it_is_interrupted_while_it_waits() throws Exception {
    Bundle bundle = fixture.bundle("b", "files: []\n");
    GroupLocks locks = new GroupLocks(fixture.options.layout());
    try (GroupLocks.Held held = locks.hold("g")) {
      Thread.currentThread().interrupt();

      assertThat(fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle)).message())
          .as("while %s is held", held)
          .isEqualTo("DownloadBundle was interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle)))
        .isEqualTo(Diagnostics.SUCCEEDED);
  }

  @Test
  void names_the_group_whose_file_is_in_the_way() throws Exception {
    fixture.deploy("other", "d-1", fixture.bundle("theirs", WEB).file("web/a", "1"));

    Diagnostics end = fixture.deploy("d-2", fixture.bundle("ours", WEB).file("web/a", "2"));

    assertThat(end.message())
        .isEqualTo(
            "The deployment failed because a specified file already exists at this location: "
                + fixture.host
                + "/srv/a (it was installed by the deployment group other)");
  }

  @Test
  void tells_how_far_a_long_command_is() throws Exception {
    Bundle bundle = fixture.bundle("b", WEB);
    for (int i = 0; i < 149; i++) {
      bundle.file("web/" + i, "");
    }
    List<String> heard = new ArrayList<>();
    OutputListener listener =
        new OutputListener() {
          @Override
          public void wrote(String text) {
            heard.add(text);
          }

          @Override
          public void progressed(long done, long total) {
            heard.add(done + " of " + total);
          }
        };

    for (String command : List.of("DownloadBundle", "Install")) {
      fixture.executor.run(HostFixture.command(command, "d-1", bundle), listener);
    }

    assertThat(heard).containsExactly("100 of 0", "100 of 150", "150 of 150");
  }

  @Test
  void goes_on_when_a_listener_of_progress_throws() throws Exception {
    Bundle bundle = fixture.bundle("b", WEB).file("web/a", "1");
    fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle));
    OutputListener listener =
        new OutputListener() {
          @Override
          public void wrote(String text) {}

          @Override
          public void progressed(long done, long total) {
            throw new IllegalStateException("a listener's own mistake");
          }
        };

    assertThat(
            fixture
                .executor
                .run(HostFixture.command("Install", "d-1", bundle), listener)
                .diagnostics())
        .isEqualTo(Diagnostics.SUCCEEDED);
  }

  @Test
  void says_in_the_log_what_keeps_an_account_from_its_script() throws Exception {
    assumeTrue(Account.uid() == 0, "to run scripts as somebody else needs root");
    Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: a.sh\n      runas: nobody\n")
            .script("a.sh", "echo never");
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx------"));

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end.message()).startsWith("Script at specified location: a.sh run as user nobody");
    assertThat(end.log())
        .endsWith(
            "Script - a.sh: the account nobody may not enter the directory " + scratch + "\n");
  }

  @Test
  void writes_the_files_that_the_agent_of_aws_would_find() throws Exception {
    fixture.deploy("d-1", fixture.bundle("b", WEB).file("web/a", "1"));

    Path instructions = fixture.root.resolve("deployment-instructions");
    String srv = fixture.host + "/srv";
    assertThat(instructions.toFile().list())
        .containsExactlyInAnyOrder(
            "g-cleanup", "g-install.json", "g_last_successful_install", "g_most_recent_install");
    assertThat(Files.readString(instructions.resolve("g-cleanup")))
        .isEqualTo(srv + "\n" + srv + "/a\n");
    assertThat(Files.readString(instructions.resolve("g_last_successful_install")))
        .isEqualTo(fixture.root + "/g/d-1");
    assertThat(List.of(fixture.root.resolve("g/d-1").toFile().list()))
        .containsExactly("deployment-archive");
  }
}
