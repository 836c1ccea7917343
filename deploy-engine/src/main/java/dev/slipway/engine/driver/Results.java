package dev.slipway.engine.driver;

import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.engine.core.EventRun;
import dev.slipway.engine.core.HostState;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.RunningEvent;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RolloutEnded;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.rollout.RolloutSummary;
import dev.slipway.rollout.RunningHost;
import dev.slipway.spi.store.RolloutHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a rollout ended, from its last state. */
final class Results {

  private Results() {}

  /** Returns what a rollout was created as. */
  static RolloutSummary summary(RolloutHeader header) {
    return new RolloutSummary(
        header.id(),
        header.application(),
        header.deploymentGroup(),
        header.createdAt(),
        header.rollbackOf());
  }

  static RolloutResult of(RolloutState state) {
    RolloutEnded ended = state.ended();
    if (ended == null) {
      throw new IllegalStateException("the rollout is not over");
    }
    RollbackPlanned rollback = state.rollback();
    HostsJoined joined = state.joined();
    return new RolloutResult(
        state.definition().deployment(),
        ended.status(),
        ended.error(),
        ended.overview(),
        hosts(state),
        rollback == null ? null : rollback.rollback(),
        joined == null ? List.of() : joined.hosts(),
        joined == null ? null : joined.update());
  }

  /** Returns how each host stands. */
  static List<HostResult> hosts(RolloutState state) {
    List<HostResult> hosts = new ArrayList<>();
    for (int position = 0; position < state.definition().hosts().size(); position++) {
      hosts.add(host(state.host(position), state.statusOf(position)));
    }
    return hosts;
  }

  /** Returns what hosts run. */
  static List<RunningHost> running(RolloutState state) {
    List<RunningHost> busy = new ArrayList<>();
    for (int position : state.hostsInFlight()) {
      HostState host = state.host(position);
      RunningEvent running = host.running();
      if (running != null) {
        busy.add(
            new RunningHost(
                host.host().id(),
                running.event(),
                running.attempt(),
                running.offeredAt(),
                running.acknowledgedAt() != null,
                running.deadline()));
      }
    }
    return busy;
  }

  private static HostResult host(HostState host, HostStatus status) {
    EventRun failed = lastFailure(host);
    return new HostResult(
        host.host().id(),
        status,
        failed == null ? null : failed.event(),
        host.reason(),
        failed == null ? null : failed.diagnostics());
  }

  private static @Nullable EventRun lastFailure(HostState host) {
    return host.runs().stream()
        .filter(run -> run.status() == LifecycleEventStatus.FAILED)
        .reduce((earlier, later) -> later)
        .orElse(null);
  }
}
