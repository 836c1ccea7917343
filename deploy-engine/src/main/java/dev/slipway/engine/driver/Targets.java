package dev.slipway.engine.driver;

import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.domain.DeploymentTarget;
import dev.slipway.engine.core.EventRun;
import dev.slipway.engine.core.HostState;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.RunningEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hosts of a rollout as CodeDeploy shows them. */
final class Targets {

  private Targets() {}

  static List<DeploymentTarget> of(RolloutState state) {
    List<DeploymentTarget> targets = new ArrayList<>();
    for (int position = 0; position < state.definition().hosts().size(); position++) {
      targets.add(target(state, position));
    }
    return targets;
  }

  private static DeploymentTarget target(RolloutState state, int position) {
    HostState host = state.host(position);
    HostStatus status = state.statusOf(position);
    List<DeploymentTarget.Run> runs = new ArrayList<>();
    Instant skippedAt = skippedAt(state, host, status);
    for (LifecycleEvent event : state.definition().eventsOf(position)) {
      runs.add(run(host, event, skippedAt));
    }
    return new DeploymentTarget(
        state.definition().deployment(),
        host.host().id(),
        status,
        host.status() == HostStatus.PENDING ? null : host.since(),
        runs,
        label(state.definition(), position));
  }

  /** Since when it is certain that what a host has not run will not run, or null. */
  private static @Nullable Instant skippedAt(
      RolloutState state, HostState host, HostStatus status) {
    if (!status.isTerminal()) {
      return null;
    }
    return status == HostStatus.SKIPPED ? state.at() : host.since();
  }

  private static DeploymentTarget.Run run(
      HostState host, LifecycleEvent event, @Nullable Instant skippedAt) {
    RunningEvent running = host.running();
    if (running != null && running.event() == event) {
      return new DeploymentTarget.Run(
          event, LifecycleEventStatus.IN_PROGRESS, running.offeredAt(), null, null);
    }
    EventRun last = null;
    for (EventRun run : host.runs()) {
      last = run.event() == event ? run : last;
    }
    if (last != null) {
      return new DeploymentTarget.Run(
          event, last.status(), last.startedAt(), last.endedAt(), last.diagnostics());
    }
    return new DeploymentTarget.Run(
        event,
        skippedAt == null ? LifecycleEventStatus.PENDING : LifecycleEventStatus.SKIPPED,
        null,
        skippedAt,
        null);
  }

  /** On the way back the original hosts are those that are put into traffic. */
  private static DeploymentTarget.@Nullable Label label(
      RolloutDefinition definition, int position) {
    if (!definition.isBlueGreen()) {
      return null;
    }
    boolean isLast = position >= definition.deployedTo();
    boolean isBack = definition.lifecycle().events().equals(LifecycleEvent.INTO_TRAFFIC);
    return isLast == isBack ? DeploymentTarget.Label.GREEN : DeploymentTarget.Label.BLUE;
  }
}
