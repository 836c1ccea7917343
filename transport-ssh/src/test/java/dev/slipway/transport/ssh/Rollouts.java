package dev.slipway.transport.ssh;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Transport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Offers the events of a deployment to a host, one after the other, as an engine does. */
final class Rollouts {

  static final String GROUP = "group-1";

  private final Transport transport;
  private final Host host;

  Rollouts(Transport transport, Host host) {
    this.transport = transport;
    this.host = host;
  }

  static DeploymentWork work(String deployment, Bundle bundle) {
    return new DeploymentWork(
        new DeploymentId(deployment),
        "web",
        "prod",
        GROUP,
        Creator.USER,
        false,
        bundle,
        "appspec.yml",
        FileExistsBehavior.DISALLOW);
  }

  HostCommand command(DeploymentWork work, LifecycleEvent event, long generation) {
    return new HostCommand(
        new CommandKey(work.deployment(), host.id(), event, 1),
        generation,
        host,
        work,
        List.of(),
        Duration.ofMinutes(2));
  }

  /** Runs events until one fails, and returns how each ended. */
  Map<LifecycleEvent, Diagnostics> run(
      DeploymentWork work, long generation, List<LifecycleEvent> events, Heard heard) {
    Map<LifecycleEvent, Diagnostics> ends = new LinkedHashMap<>();
    for (LifecycleEvent event : events) {
      HostCommand command = command(work, event, generation);
      transport.offer(command, heard);
      Diagnostics end = heard.end(command.key());
      ends.put(event, end);
      if (!end.isSuccess()) {
        break;
      }
    }
    return ends;
  }

  Map<LifecycleEvent, Diagnostics> run(DeploymentWork work, long generation, Heard heard) {
    return run(work, generation, LifecycleEvent.IN_PLACE, heard);
  }
}
