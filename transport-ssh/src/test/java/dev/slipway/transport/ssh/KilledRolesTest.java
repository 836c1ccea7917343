package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whichever process of a runner is killed: its event ends, once, and nothing stays behind. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledRolesTest extends LocalHost {

  private static final DeploymentId DEPLOYMENT = new DeploymentId("d-AAAAAAAA1");

  /** A process of the runner, found from those that are known. */
  enum Role {
    SERVE,
    FOLLOWER,
    WHO_WAITS_FOR_FOLLOWER,
    WHO_WAITS_FOR_WORKER,
    WORKER,
    EVENT,
    OUT_READER,
    ERR_READER,
    LOGGER,
    AWK;

    ProcessHandle in(ProcessHandle serve, ProcessHandle script) {
      ProcessHandle event = script.parent().orElseThrow();
      ProcessHandle worker = child(child(serve, 1), 0);
      return switch (this) {
        case SERVE -> serve;
        case FOLLOWER -> child(child(serve, 0), 0);
        case WHO_WAITS_FOR_FOLLOWER -> child(serve, 0);
        case WHO_WAITS_FOR_WORKER -> child(serve, 1);
        case WORKER -> worker;
        case EVENT -> event;
        case OUT_READER -> child(event, 0);
        case ERR_READER -> child(event, 1);
        case LOGGER -> child(worker, 0);
        case AWK -> child(child(worker, 0), 0);
      };
    }

    private static ProcessHandle child(ProcessHandle parent, int number) {
      return parent
          .children()
          .sorted(Comparator.comparingLong(ProcessHandle::pid))
          .skip(number)
          .findFirst()
          .orElseThrow();
    }
  }

  private DeploymentWork work() throws IOException {
    return Rollouts.work(
        DEPLOYMENT.value(),
        revision("1")
            .file(
                "appspec.yml",
                """
                version: 0.0
                os: linux
                hooks:
                  ApplicationStop: [{location: once.sh}]
                  BeforeInstall: [{location: once.sh, timeout: 5}]
                  AfterInstall: [{location: after.sh}]
                """)
            .script(
                "once.sh",
                "echo run >>%1$s/runs; echo waiting; while [ ! -f %1$s/gate ]; do sleep 0.05; done"
                    .formatted(directory))
            .script("after.sh", "echo after")
            .pack(BundleType.TGZ));
  }

  @ParameterizedTest
  @EnumSource
  void a_killed_process_leaves_no_event_without_end_and_nothing_behind(Role role)
      throws IOException {
    DeploymentWork work = work();
    rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 2), heard);
    HostCommand hook = rollouts.command(work, LifecycleEvent.BEFORE_INSTALL, 1);
    transport.offer(hook, heard);
    heard.await(word -> word.text().contains("waiting"));
    String script =
        Files.readString(home(DEPLOYMENT.value()).resolve("tickets/BeforeInstall-1/script"), UTF_8);

    role.in(
            links.get(0).process().toHandle(),
            ProcessHandle.of(Long.parseLong(script.split(" ", 2)[0])).orElseThrow())
        .destroyForcibly();

    Files.writeString(directory.resolve("gate"), "");
    Diagnostics end = heard.end(hook.key());
    assertThat(directory.resolve("runs")).hasContent("run");
    List<LifecycleEvent> rest = LifecycleEvent.IN_PLACE.subList(3, LifecycleEvent.IN_PLACE.size());
    if (end.isSuccess()) {
      assertThat(rollouts.run(work, 1, rest, heard))
          .allSatisfy((event, after) -> assertThat(after.isSuccess()).isTrue());
    }
    transport.release(DEPLOYMENT, host);
    heard.awaitThat(() -> left().isEmpty());
  }

  /** What every process of a runner was started with has the root of its host in it. */
  private List<String> left() {
    return ProcessHandle.allProcesses()
        .map(process -> Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
        .map(KilledRolesTest::read)
        .filter(line -> line.contains(root.toString()))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, UTF_8) : "";
    } catch (IOException gone) {
      return "";
    }
  }
}
