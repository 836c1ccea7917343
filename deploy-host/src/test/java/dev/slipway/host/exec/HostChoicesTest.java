package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.exec.HostFixture.Bundle;
import dev.slipway.host.plan.HostChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host does otherwise than by default, one choice at a time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostChoicesTest {

  private static final String WEB = "files:\n  - source: web\n    destination: '{host}/srv'\n";
  private static final String AFTER_INSTALL = "hooks:\n  AfterInstall:\n    - location: a.sh\n";

  @TempDir Path scratch;

  @Test
  void takes_modes_as_they_are_written() throws Exception {
    try (HostFixture fixture = new HostFixture(scratch, HostChoice.MODES_AS_WRITTEN)) {
      String mode = "permissions:\n  - object: '{host}/srv'\n    mode: 0644\n    type: [file]\n";

      fixture.deploy("d-1", fixture.bundle("b", WEB + mode).file("web/a", "1"));

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(srv(fixture, "a"))))
          .isEqualTo("rw-r--r--");
    }
  }

  @Test
  void starts_scripts_in_their_revision() throws Exception {
    try (HostFixture fixture = new HostFixture(scratch, HostChoice.START_IN_REVISION)) {
      fixture.deploy("d-1", fixture.bundle("b", AFTER_INSTALL).script("a.sh", "pwd"));

      assertThat(fixture.output())
          .contains("[stdout]" + fixture.root + "/g/d-1/deployment-archive\n");
    }
  }

  @Test
  void lets_go_of_output_that_a_child_still_holds() throws Exception {
    // Each look at the clock is five seconds after the last, so nobody waits.
    AtomicLong seconds = new AtomicLong();
    ElapsedTime elapsed = () -> TimeUnit.SECONDS.toNanos(seconds.getAndAdd(5));
    try (HostFixture fixture = new HostFixture(scratch, elapsed, HostChoice.LET_GO_OF_OUTPUT)) {
      Bundle bundle =
          fixture
              .bundle("b", AFTER_INSTALL)
              .script("a.sh", "sleep 60 & echo $! >'" + scratch + "/child'");

      Diagnostics end = fixture.deploy("d-1", bundle);

      assertThat(end).isEqualTo(Diagnostics.SUCCEEDED);
      assertThat(fixture.scriptLog("d-1"))
          .contains("Script - a.sh: ended; STDOUT is still held, and is closed");
      end(Files.readString(scratch.resolve("child")).strip());
    }
  }

  private static void end(String pid) {
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void keeps_links_to_directories_as_links() throws Exception {
    try (HostFixture fixture = new HostFixture(scratch, HostChoice.LINKS_STAY_LINKS)) {
      Bundle bundle = fixture.bundle("b", WEB).file("web/real/a", "1");
      Files.createSymbolicLink(bundle.directory().resolve("web/current"), Path.of("real"));

      fixture.deploy("d-1", bundle);

      assertThat(Files.readSymbolicLink(srv(fixture, "current"))).isEqualTo(Path.of("real"));
      assertThat(fixture.deploy("d-2", fixture.bundle("empty", "files: []\n")))
          .isEqualTo(Diagnostics.SUCCEEDED);
      assertThat(fixture.host).isEmptyDirectory();
    }
  }

  @Test
  void installs_the_old_revision_again_when_an_install_fails_half_way() throws Exception {
    try (HostFixture fixture = new HostFixture(scratch, HostChoice.REINSTALL_AFTER_FAILURE)) {
      Files.writeString(fixture.host.resolve("foreign"), "stays");
      fixture.deploy("d-1", fixture.bundle("old", WEB).file("web/a", "old").file("web/b", "old"));
      List<String> before = HostFixture.tree(fixture.host);

      Diagnostics end = fixture.deploy("d-2", failingHalfWay(fixture));

      assertThat(end.message()).isEqualTo("can't find user for nosuchuser");
      assertThat(HostFixture.tree(fixture.host)).isEqualTo(before);
      assertThat(fixture.root.resolve("deployment-instructions/g_last_successful_install"))
          .hasContent(fixture.root + "/g/d-1");
      assertThat(fixture.deploy("d-3", fixture.bundle("empty", "files: []\n")))
          .isEqualTo(Diagnostics.SUCCEEDED);
      assertThat(fixture.host.toFile().list()).containsExactly("foreign");
    }
  }

  @Test
  void has_nothing_to_install_again_after_the_first_install_failed() throws Exception {
    try (HostFixture fixture = new HostFixture(scratch, HostChoice.REINSTALL_AFTER_FAILURE)) {
      assertThat(fixture.deploy("d-1", failingHalfWay(fixture)).message())
          .isEqualTo("can't find user for nosuchuser");
    }
  }

  private static Bundle failingHalfWay(HostFixture fixture) throws Exception {
    String owner =
        "permissions:\n  - object: '{host}/srv/a'\n    owner: nosuchuser\n    type: [file]\n";
    return fixture.bundle("bad", WEB + owner).file("web/a", "new").file("web/c", "new");
  }

  @Test
  void keeps_others_from_looking_into_deployments() throws Exception {
    try (HostFixture fixture = new HostFixture(scratch, HostChoice.RESTRICT_DIRECTORIES)) {
      fixture.deploy("d-1", fixture.bundle("b", AFTER_INSTALL).script("a.sh", "echo out"));

      assertThat(modes(fixture.root, "", "g", "g/d-1", "g/d-1/deployment-archive"))
          .containsOnly("rwx--x--x");
      assertThat(modes(fixture.root, "deployment-instructions")).containsOnly("rwx------");
      assertThat(modes(fixture.root, "g/d-1/logs")).containsOnly("rwxr-x---");
      assertThat(modes(fixture.root, "g/d-1/logs/scripts.log")).containsOnly("rw-r-----");
    }
  }

  private static List<String> modes(Path root, String... paths) throws Exception {
    List<String> modes = new java.util.ArrayList<>();
    for (String path : paths) {
      modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path))));
    }
    return modes;
  }

  private static Path srv(HostFixture fixture, String name) {
    return fixture.host.resolve("srv").resolve(name);
  }

  @Test
  void have_names_for_options_and_files() {
    assertThat(HostChoice.named("modes-as-written")).contains(HostChoice.MODES_AS_WRITTEN);
    assertThat(HostChoice.named("MODES_AS_WRITTEN")).isEmpty();
    assertThat(HostChoice.values())
        .allSatisfy(choice -> assertThat(HostChoice.named(choice.optionName())).contains(choice));
  }
}
