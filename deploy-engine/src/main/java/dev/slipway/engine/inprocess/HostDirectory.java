package dev.slipway.engine.inprocess;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.host.exec.HookEnvironment;
import dev.slipway.host.exec.HostCommand;
import dev.slipway.host.exec.HostExecutor;
import dev.slipway.host.exec.HostInspection;
import dev.slipway.host.exec.HostOptions;
import dev.slipway.host.exec.LocalRevision;
import dev.slipway.host.exec.OutputListener;
import dev.slipway.host.exec.SystemElapsedTime;
import dev.slipway.host.plan.DeploymentGroup;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.Layout;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostNeeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A directory that is a host, and the executor at work in it. Thread-safe. */
final class HostDirectory {

  private final HostOptions options;
  private final HostExecutor executor;

  private HostDirectory(HostOptions options) {
    this.options = options;
    this.executor = new HostExecutor(options, Clock.systemUTC(), new SystemElapsedTime());
  }

  /** Returns where a host has its root. */
  static Path root(Host host, Path hosts) {
    String given = host.settings().get("hostRoot");
    return given == null ? below(hosts, host.id().value()) : Path.of(given);
  }

  /**
   * Where a host is, and what it does otherwise than by default.
   *
   * @param root the directory that stands for its root
   * @param choices what it does otherwise
   */
  record Place(Path root, Set<HostChoice> choices) {

    /** Copies the set in. */
    Place {
      choices = Set.copyOf(choices);
    }

    static Place of(Host host, Path hosts) {
      return new Place(HostDirectory.root(host, hosts), choices(host));
    }

    private static Set<HostChoice> choices(Host host) {
      Set<HostChoice> choices = EnumSet.noneOf(HostChoice.class);
      for (String name : host.settings().getOrDefault("choices", "").split(",", -1)) {
        if (!name.isBlank()) {
          choices.add(
              HostChoice.named(name.strip())
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "host %s: choices must be some of %s, separated by commas, but was"
                                      .formatted(host.id(), offered())
                                  + " \""
                                  + name.strip()
                                  + "\"")));
        }
      }
      return choices;
    }

    private static String offered() {
      return Arrays.stream(HostChoice.values())
          .map(HostChoice::optionName)
          .collect(Collectors.joining(", "));
    }
  }

  static HostDirectory at(Place place) {
    String root = place.root().toString();
    HostOptions options =
        new HostOptions(
            new Layout(root + Layout.AGENT_ROOT),
            new HostPaths(root, "/", Map.of()),
            HookEnvironment.filtered(System.getenv()),
            HostOptions.DEFAULT_MAX_REVISIONS,
            "codedeploy-agent",
            ZoneId.systemDefault(),
            place.choices());
    return new HostDirectory(options);
  }

  private static Path below(Path hosts, String name) {
    Path root = hosts.resolve(name).normalize();
    if (!hosts.normalize().equals(root.getParent())) {
      throw new IllegalArgumentException(
          "host " + name + " needs a hostRoot, because its name is not that of a directory");
    }
    return root;
  }

  Diagnostics run(dev.slipway.spi.transport.HostCommand command, OutputListener output) {
    return executor.run(translated(command), output).diagnostics();
  }

  HostCondition inspect(HostNeeds needs) throws IOException {
    return HostInspection.of(options, needs);
  }

  void close() {
    executor.close();
  }

  private static HostCommand translated(dev.slipway.spi.transport.HostCommand command) {
    LifecycleEvent event = command.key().event();
    return new HostCommand(
        event.wireName(),
        deployment(command.work()),
        event == LifecycleEvent.DOWNLOAD_BUNDLE ? revision(command.work()) : null,
        command.key().event().wireName() + "/" + command.key().attempt(),
        List.of());
  }

  private static LocalRevision revision(DeploymentWork work) {
    return new LocalRevision(work.bundle().file(), work.bundle().type(), IntakeOptions.SAFE);
  }

  private static HostDeployment deployment(DeploymentWork work) {
    return new HostDeployment(
        work.deployment().value(),
        new DeploymentGroup(work.application(), work.deploymentGroup(), work.deploymentGroupId()),
        work.creator().wireName(),
        work.isBlueGreen() ? HostDeployment.Type.BLUE_GREEN : HostDeployment.Type.IN_PLACE,
        AppSpecName.of(work.appSpecFile()),
        work.fileExistsBehavior().name(),
        Map.of());
  }
}
