package dev.slipway.transport.ssh;

import static dev.slipway.deployment.LifecycleErrorCode.FAILED_AFTER_RESTART;
import static dev.slipway.deployment.LifecycleErrorCode.SCRIPT_FAILED;
import static dev.slipway.deployment.LifecycleErrorCode.SUCCESS;
import static dev.slipway.deployment.LifecycleErrorCode.UNKNOWN_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.transport.ssh.RunnerProcesses.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each process that a host has for a deployment is killed: every event ends, no script runs twice,
 * and no process stays.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledRolesTest extends LocalHost {

  private static final int HALF = 5;
  private static final String WAITS = "while [ ! -f $SLIPWAY_HOST_ROOT/gate ]; do sleep 0.05; done";

  /** What there is of an event when a process is killed. */
  enum Phase {
    /** Its script runs. */
    RUNNING,
    /** Its script has ended, but what that has started holds its output. */
    HELD,
    /** It has ended, and the next one has not begun. */
    IDLE
  }

  /** What becomes of the event: the one that runs or, while none does, the next one. */
  private record Row(Phase phase, Role role, LifecycleErrorCode end) {}

  private static final List<Row> TABLE =
      List.of(
          new Row(Phase.RUNNING, Role.SERVER, SUCCESS),
          new Row(Phase.RUNNING, Role.FOLLOWER, SUCCESS),
          new Row(Phase.RUNNING, Role.WORKER, SUCCESS),
          new Row(Phase.RUNNING, Role.PARENT_OF_FOLLOWER, SUCCESS),
          new Row(Phase.RUNNING, Role.PARENT_OF_WORKER, SUCCESS),
          new Row(Phase.RUNNING, Role.EVENT, FAILED_AFTER_RESTART),
          new Row(Phase.RUNNING, Role.LOGGER, SUCCESS),
          new Row(Phase.RUNNING, Role.LOG_PROGRAM, UNKNOWN_ERROR),
          // The script has nowhere to write to any more.
          new Row(Phase.RUNNING, Role.READER, SCRIPT_FAILED),
          new Row(Phase.RUNNING, Role.CLOCK, SUCCESS),
          new Row(Phase.HELD, Role.SERVER, SUCCESS),
          new Row(Phase.HELD, Role.FOLLOWER, SUCCESS),
          new Row(Phase.HELD, Role.WORKER, SUCCESS),
          new Row(Phase.HELD, Role.PARENT_OF_FOLLOWER, SUCCESS),
          new Row(Phase.HELD, Role.PARENT_OF_WORKER, SUCCESS),
          new Row(Phase.HELD, Role.EVENT, FAILED_AFTER_RESTART),
          new Row(Phase.HELD, Role.LOGGER, SUCCESS),
          new Row(Phase.HELD, Role.LOG_PROGRAM, UNKNOWN_ERROR),
          new Row(Phase.HELD, Role.READER, SUCCESS),
          new Row(Phase.IDLE, Role.SERVER, SUCCESS),
          new Row(Phase.IDLE, Role.FOLLOWER, SUCCESS),
          new Row(Phase.IDLE, Role.WORKER, SUCCESS),
          new Row(Phase.IDLE, Role.PARENT_OF_FOLLOWER, SUCCESS),
          new Row(Phase.IDLE, Role.PARENT_OF_WORKER, SUCCESS),
          new Row(Phase.IDLE, Role.LOGGER, SUCCESS),
          new Row(Phase.IDLE, Role.LOG_PROGRAM, UNKNOWN_ERROR));

  /** All of them with {@code -Psoak}. */
  static Stream<Arguments> rows() {
    return Stream.of(Shell.values())
        .flatMap(
            on ->
                TABLE.stream().filter(row -> isWanted(on, row)).map(row -> Arguments.of(on, row)));
  }

  private static boolean isWanted(Shell on, Row row) {
    boolean isQuick = row.role() != Role.CLOCK;
    return Boolean.getBoolean("slipway.soak")
        || switch (row.phase()) {
          case RUNNING -> on == Shell.SH || (on == Shell.BUSYBOX && isQuick);
          case HELD -> on == Shell.BASH && (row.role() == Role.EVENT || row.role() == Role.WORKER);
          case IDLE -> on == Shell.SH;
        };
  }

  @ParameterizedTest
  @MethodSource("rows")
  void each_event_ends_and_nothing_stays(Shell on, Row row) throws IOException {
    use(on);
    RunnerProcesses processes = new RunnerProcesses(root, home("d-AAAAAAAA1"));
    DeploymentWork work = Rollouts.work("d-AAAAAAAA1", revision(row).pack(BundleType.TGZ));
    rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, HALF), heard);
    HostCommand start = rollouts.command(work, LifecycleEvent.APPLICATION_START, 1);
    HostCommand validate = rollouts.command(work, LifecycleEvent.VALIDATE_SERVICE, 1);
    transport.offer(start, heard);
    heard.await(word -> word.text().contains("[stdout]one"));
    if (row.phase() == Phase.HELD) {
      heard.awaitThat(() -> Files.exists(root.resolve("ended")));
    }
    if (row.phase() == Phase.IDLE) {
      openGate();
      assertThat(heard.end(start.key()).errorCode()).isEqualTo(SUCCESS);
    }

    heard.awaitThat(() -> processes.kill(row.role(), "ApplicationStart"));

    if (row.phase() == Phase.IDLE) {
      transport.offer(validate, heard);
      ends(validate.key(), row.end());
    } else {
      if (row.role() != Role.EVENT) {
        openGate();
      }
      ends(start.key(), row.end());
      if (row.end() == SUCCESS) {
        transport.offer(validate, heard);
        ends(validate.key(), SUCCESS);
      }
    }
    assertThat(root.resolve("runs"))
        .hasContent(
            row.phase() == Phase.IDLE || row.end() == SUCCESS
                ? "ApplicationStart\nValidateService"
                : "ApplicationStart");
    transport.release(work.deployment(), host);
    openGate();
    heard.awaitThat(() -> processes.left().isEmpty());
  }

  private void ends(CommandKey key, LifecycleErrorCode code) {
    assertThat(heard.end(key))
        .satisfies(end -> assertThat(end.errorCode()).as("%s", end).isEqualTo(code));
  }

  private void openGate() throws IOException {
    Files.writeString(root.resolve("gate"), "");
  }

  /**
   * A clock that is killed leaves a program behind, which ends when the time of the script does.
   */
  private Revisions revision(Row row) throws IOException {
    String waits =
        row.phase() == Phase.HELD
            ? "(" + WAITS + "; echo two) &\n: >$SLIPWAY_HOST_ROOT/ended"
            : WAITS + "; echo two";
    return revision("1")
        .file(
            "appspec.yml",
            """
            version: 0.0
            os: linux
            hooks:
              ApplicationStart: [{location: start.sh, timeout: %d}]
              ValidateService: [{location: validate.sh}]
            """
                .formatted(row.role() == Role.CLOCK ? 10 : 600))
        .script("start.sh", "echo $LIFECYCLE_EVENT >>$SLIPWAY_HOST_ROOT/runs; echo one; " + waits)
        .script("validate.sh", "echo $LIFECYCLE_EVENT >>$SLIPWAY_HOST_ROOT/runs; echo three");
  }
}
