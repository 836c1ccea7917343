package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.plan.HostChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LiveAgentTest {

  @TempDir Path scratch;

  @Test
  void on_the_root_is_a_refusal_that_touches_nothing() throws Exception {
    Process agent = agent();
    try (HostFixture fixture = new HostFixture(scratch)) {
      Diagnostics end = fixture.deploy("d-1", fixture.bundle("b", "files: []\n"));

      assertThat(end.message())
          .isEqualTo(
              "The CodeDeploy agent of AWS runs on this host (process %d) with the deployment root"
                      .formatted(agent.pid())
                  + " %s. Stop it, or choose beside-agent to work beside it."
                      .formatted(fixture.root));
      assertThat(fixture.root).doesNotExist();
    } finally {
      agent.destroyForcibly();
    }
  }

  @Test
  void is_no_hindrance_when_that_is_chosen() throws Exception {
    Process agent = agent();
    try (HostFixture fixture = new HostFixture(scratch, HostChoice.BESIDE_AGENT)) {
      assertThat(fixture.deploy("d-1", fixture.bundle("b", "files: []\n")))
          .isEqualTo(Diagnostics.SUCCEEDED);
    } finally {
      agent.destroyForcibly();
    }
  }

  @Test
  void does_not_hide_how_a_command_ended_that_ran_before() throws Exception {
    try (HostFixture fixture = new HostFixture(scratch)) {
      HostCommand command =
          HostFixture.command("DownloadBundle", "d-1", fixture.bundle("b", "files: []\n"))
              .withKey("k");
      fixture.run(command);
      Process agent = agent();
      try {
        assertThat(fixture.run(command)).isEqualTo(Diagnostics.SUCCEEDED);
      } finally {
        agent.destroyForcibly();
      }
    }
  }

  @Test
  void is_not_what_a_number_of_an_earlier_one_has_come_to_mean() throws Exception {
    writePid(Long.toString(ProcessHandle.current().pid()));
    try (HostFixture fixture = new HostFixture(scratch)) {
      assertThat(fixture.deploy("d-1", fixture.bundle("b", "files: []\n")))
          .isEqualTo(Diagnostics.SUCCEEDED);
    }
  }

  /** Starts a process that goes by the name of the agent until its input ends. */
  private Process agent() throws IOException {
    Process agent = new ProcessBuilder("sh", "-c", "read line", "codedeploy-agent: master").start();
    writePid(agent.pid() + "\n");
    return agent;
  }

  private void writePid(String pid) throws IOException {
    Path file = scratch.resolve("state/.pid/codedeploy-agent.pid");
    Files.createDirectories(file.getParent());
    Files.writeString(file, pid);
  }
}
