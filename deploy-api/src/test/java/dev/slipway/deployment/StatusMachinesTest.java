package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Every move from every status to every other: those listed are legal, and no other is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StatusMachinesTest {

  private static final Map<DeploymentStatus, Set<DeploymentStatus>> DEPLOYMENT =
      Map.of(
          DeploymentStatus.CREATED,
          Set.of(
              DeploymentStatus.QUEUED,
              DeploymentStatus.IN_PROGRESS,
              DeploymentStatus.FAILED,
              DeploymentStatus.STOPPED),
          DeploymentStatus.QUEUED,
          Set.of(DeploymentStatus.IN_PROGRESS, DeploymentStatus.FAILED, DeploymentStatus.STOPPED),
          DeploymentStatus.IN_PROGRESS,
          Set.of(
              DeploymentStatus.READY,
              DeploymentStatus.SUCCEEDED,
              DeploymentStatus.FAILED,
              DeploymentStatus.STOPPED),
          DeploymentStatus.READY,
          Set.of(DeploymentStatus.IN_PROGRESS, DeploymentStatus.STOPPED));

  private static final Map<HostStatus, Set<HostStatus>> HOST =
      Map.of(
          HostStatus.PENDING,
          Set.of(HostStatus.IN_PROGRESS, HostStatus.SKIPPED),
          HostStatus.IN_PROGRESS,
          Set.of(HostStatus.SUCCEEDED, HostStatus.FAILED, HostStatus.UNREACHABLE, HostStatus.READY),
          HostStatus.READY,
          Set.of(HostStatus.IN_PROGRESS, HostStatus.SKIPPED));

  @Test
  void a_deployment_makes_the_listed_moves_and_no_other() {
    for (DeploymentStatus from : DeploymentStatus.values()) {
      for (DeploymentStatus to : DeploymentStatus.values()) {
        assertThat(from.canBecome(to))
            .as("%s to %s", from, to)
            .isEqualTo(DEPLOYMENT.getOrDefault(from, Set.of()).contains(to));
      }
      assertThat(from.isTerminal()).as("%s", from).isEqualTo(!DEPLOYMENT.containsKey(from));
    }
  }

  @Test
  void a_host_makes_the_listed_moves_and_no_other() {
    for (HostStatus from : HostStatus.values()) {
      for (HostStatus to : HostStatus.values()) {
        assertThat(from.canBecome(to))
            .as("%s to %s", from, to)
            .isEqualTo(HOST.getOrDefault(from, Set.of()).contains(to));
      }
      assertThat(from.isTerminal()).as("%s", from).isEqualTo(!HOST.containsKey(from));
    }
  }

  @Test
  void the_diagrams_show_the_machines_as_they_are() throws IOException {
    assertThat(drawn("deployment.mmd"))
        .isEqualTo(
            diagram(
                DeploymentStatus.values(),
                DeploymentStatus::wireName,
                DeploymentStatus::canBecome));
    assertThat(drawn("host.mmd"))
        .isEqualTo(diagram(HostStatus.values(), HostStatus::wireName, HostStatus::canBecome));
  }

  private static List<String> drawn(String file) throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "machines", file));
  }

  private static <T> List<String> diagram(
      T[] statuses, Function<T, String> name, BiPredicate<T, T> canBecome) {
    List<String> lines = new ArrayList<>();
    lines.add("stateDiagram-v2");
    lines.add("  [*] --> " + name.apply(statuses[0]));
    for (T from : statuses) {
      boolean ends = true;
      for (T to : statuses) {
        if (canBecome.test(from, to)) {
          ends = false;
          lines.add("  " + name.apply(from) + " --> " + name.apply(to));
        }
      }
      if (ends) {
        lines.add("  " + name.apply(from) + " --> [*]");
      }
    }
    return lines;
  }
}
