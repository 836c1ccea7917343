package dev.slipway.engine.driver;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.HostOrdering;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.guard.Guards;
import dev.slipway.strategy.StrategyReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What brings a revision to hosts that have appeared while it was deployed: a deployment of that
 * revision to them alone, by the same config, or one after the other where that leaves no room
 * among so few. The checkpoints have been passed already. There is nothing to go back to: the
 * revision has worked.
 */
final class UpdateRecord {

  private UpdateRecord() {}

  static RolloutRecord of(
      RolloutRecord record, List<Host> joined, GroupBook book, DeploymentId id, long generation) {
    RolloutDefinition definition = record.definition();
    DeploymentConfig config = FollowingConfig.of(definition.pace().config(), joined.size());
    List<ScheduledHost> scheduled =
        HostOrdering.schedule(joined, book, HostOrder.SPREAD, config, id);
    Map<HostId, Host> byId =
        joined.stream().collect(Collectors.toMap(Host::id, Function.identity()));
    Guards guards = definition.guards();
    return new RolloutRecord(
            new RolloutDefinition(
                id,
                Creator.AUTO_UPDATE,
                scheduled,
                definition.pace().withConfig(config),
                definition.lifecycle(),
                new RollbackPolicy(Set.of(), id, null),
                new Guards(List.of(), guards.hostGates(), guards.alarms(), guards.windows(), null)),
            StrategyReference.AS_MANY_AS_MAY,
            scheduled.stream().map(host -> byId.get(host.id())).toList(),
            record.work(),
            null)
        .withGeneration(generation)
        .withJoiners(record.joiners());
  }
}
