package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.host.exec.HostFixture.Bundle;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that a revision has for the case that its deployment fails on the host. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OnFailureTest {

  private static final String HOOKS =
      """
      hooks:
        AfterInstall:
          - location: fail.sh
        OnFailure:
          - location: mend.sh
      """;

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
  void runs_after_a_script_failed_and_changes_nothing_of_its_end() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", HOOKS)
            .script("fail.sh", "exit 3")
            .script("mend.sh", "echo \"$LIFECYCLE_EVENT $SLIPWAY_FAILED_EVENT $DEPLOYMENT_ID\"");

    Diagnostics end = fixture.deploy("d-1", bundle);

    assertThat(end)
        .isEqualTo(
            new Diagnostics(
                LifecycleErrorCode.SCRIPT_FAILED,
                "fail.sh",
                "Script at specified location: fail.sh failed with exit code 3",
                "LifecycleEvent - AfterInstall\nScript - fail.sh\n"));
    assertThat(fixture.output())
        .endsWith(
            "LifecycleEvent - OnFailure\n",
            "Script - mend.sh\n",
            "[stdout]OnFailure AfterInstall d-1\n");
  }

  @Test
  void runs_after_an_install_that_was_refused() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", "files:\n  - source: nothing\n    destination: /srv\n" + HOOKS)
            .script("fail.sh", "exit 0")
            .script("mend.sh", "echo $SLIPWAY_FAILED_EVENT");

    assertThat(fixture.deploy("d-1", bundle).message()).startsWith("No such file or directory");
    assertThat(fixture.output()).endsWith("[stdout]Install\n");
  }

  @Test
  void may_fail_itself_once() throws Exception {
    Bundle bundle =
        fixture.bundle("b", HOOKS).script("fail.sh", "exit 3").script("mend.sh", "exit 4");

    assertThat(fixture.deploy("d-1", bundle).message()).endsWith("fail.sh failed with exit code 3");
    assertThat(fixture.output()).containsOnlyOnce("Script - mend.sh\n");
  }

  @Test
  void runs_once_for_a_command_with_a_key() throws Exception {
    Bundle bundle =
        fixture.bundle("b", HOOKS).script("fail.sh", "exit 3").script("mend.sh", "echo mended");
    fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle));
    HostCommand command = HostFixture.command("AfterInstall", "d-1", bundle).withKey("k");

    fixture.run(command);
    fixture.run(command);

    assertThat(fixture.output()).containsOnlyOnce("[stdout]mended\n");
  }

  @Test
  void has_nothing_to_run_before_the_revision_is_on_the_host() throws Exception {
    String stop = "hooks:\n  ApplicationStop:\n    - location: stop.sh\n";
    fixture.deploy(
        "d-1",
        fixture
            .bundle("old", stop + "  OnFailure:\n    - location: mend.sh\n")
            .script("stop.sh", "exit 5")
            .script("mend.sh", "echo mended"));

    assertThat(fixture.deploy("d-2", fixture.bundle("new", "files: []\n")).message())
        .endsWith("stop.sh failed with exit code 5");
    assertThat(fixture.output()).doesNotContain("[stdout]mended\n");
  }

  @Test
  void loses_nothing_of_how_the_command_ended_when_it_is_interrupted() throws Exception {
    Bundle bundle =
        fixture
            .bundle("b", HOOKS)
            .script("fail.sh", "exit 3")
            .script("mend.sh", "echo mending; exec sleep 60");
    fixture.run(HostFixture.command("DownloadBundle", "d-1", bundle));
    HostCommand command = HostFixture.command("AfterInstall", "d-1", bundle).withKey("k");
    Thread runner = Thread.currentThread();

    Diagnostics end =
        fixture
            .executor
            .run(
                command,
                text -> {
                  if (text.equals("[stdout]mending\n")) {
                    runner.interrupt();
                  }
                })
            .diagnostics();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(end.message()).endsWith("fail.sh failed with exit code 3");
    assertThat(fixture.run(command)).isEqualTo(end);
  }
}
